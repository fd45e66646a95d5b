package dev.idem.core.engine;

import dev.idem.core.store.DurableStore;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.memory.MemoryStore;

/**
 * The stores of the records. The engine does not close them.
 *
 * @param memory decides while both others are unavailable
 * @param nearCacheBytes how many bytes of answers this process may keep, so that repeats call no store; 0 for none
 */
public record EngineStores(FastStore fast, DurableStore durable, MemoryStore memory, long nearCacheBytes) {}
