/** Reads the {@code Idempotency-Key} header. */
@NullMarked
package dev.idem.dropwizard.key;

import org.jspecify.annotations.NullMarked;
