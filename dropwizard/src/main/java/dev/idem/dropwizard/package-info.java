/**
 * What a Dropwizard application adds: {@link IdempotencyBundle} once, {@link Idempotent} on a resource method or class, and
 * {@link IdempotencyContext} as a parameter of methods that need it. {@code problem} answers other errors in the same form.
 */
@NullMarked
package dev.idem.dropwizard;

import org.jspecify.annotations.NullMarked;
