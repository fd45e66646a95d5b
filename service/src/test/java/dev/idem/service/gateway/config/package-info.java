@NullMarked
package dev.idem.service.gateway.config;

import org.jspecify.annotations.NullMarked;
