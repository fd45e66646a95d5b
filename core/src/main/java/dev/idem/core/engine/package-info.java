/**
 * Who may execute, who waits, and what is replayed: {@link IdempotencyEngine} is the only door. Behind it a chain of
 * stores with a breaker each, the heartbeats of leases in use, and the waiting of repeats. No HTTP, no framework.
 */
@NullMarked
package dev.idem.core.engine;

import org.jspecify.annotations.NullMarked;
