@NullMarked
package dev.idem.service.config;

import org.jspecify.annotations.NullMarked;
