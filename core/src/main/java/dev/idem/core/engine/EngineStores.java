package dev.idem.core.engine;

import dev.idem.core.store.DurableStore;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.memory.MemoryStore;

/**
 * Where records are kept. The engine closes nothing of it.
 *
 * @param memory what decides while both others are unavailable
 * @param nearCacheBytes how many bytes of answers this process may keep, so that repeats ask no store; 0 for none
 */
public record EngineStores(FastStore fast, DurableStore durable, MemoryStore memory, long nearCacheBytes) {}
