/**
 * Decides who may execute, who waits, and what is replayed. {@link IdempotencyEngine} is the only entry point.
 * {@code strategy} says which store decides, for each consistency. {@code waiting} has the repeats of a running request, {@code
 * breaker} a circuit breaker for each store, and {@code observe} what others see. No HTTP, no framework.
 */
@NullMarked
package dev.idem.core.engine;

import org.jspecify.annotations.NullMarked;
