/**
 * What a Dropwizard application adds: {@link IdempotencyBundle} once, {@link Idempotent} on a resource method or class,
 * and {@link IdempotencyContext} where a method wants to know. The packages beside this one are how it is done; an
 * application needs {@code config} for its configuration class and {@code problem} to answer errors in the same form.
 */
@NullMarked
package dev.idem.dropwizard;

import org.jspecify.annotations.NullMarked;
