/** A circuit breaker for each store, and a store whose calls go through it. */
@NullMarked
package dev.idem.core.engine.breaker;

import org.jspecify.annotations.NullMarked;
