/** The {@code idempotency} section of a configuration file. */
@NullMarked
package dev.idem.dropwizard.config;

import org.jspecify.annotations.NullMarked;
