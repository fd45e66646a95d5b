/** Reads the {@code Idempotency-Key} header. */
@NullMarked
package dev.idem.http.key;

import org.jspecify.annotations.NullMarked;
