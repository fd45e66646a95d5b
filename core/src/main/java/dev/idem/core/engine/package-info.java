/**
 * Decides who may execute, who waits, and what is replayed. {@link IdempotencyEngine} is the only entry point. The
 * package has the stores with a circuit breaker each, the heartbeats of leases, and the waiters. No HTTP, no framework.
 */
@NullMarked
package dev.idem.core.engine;

import org.jspecify.annotations.NullMarked;
