/** The {@code idempotency} section of a configuration file. */
@NullMarked
package dev.idem.http.config;

import org.jspecify.annotations.NullMarked;
