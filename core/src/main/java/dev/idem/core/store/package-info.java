/**
 * What the engine asks of a store, and the three that exist: Redis, PostgreSQL and this process's memory, each in a
 * package of its own. All pass the same contract test suite. An unavailable store throws {@link
 * StoreUnavailableException} and nothing else.
 */
@NullMarked
package dev.idem.core.store;

import org.jspecify.annotations.NullMarked;
