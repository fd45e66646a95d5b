@NullMarked
package dev.idem.gateway.config;

import org.jspecify.annotations.NullMarked;
