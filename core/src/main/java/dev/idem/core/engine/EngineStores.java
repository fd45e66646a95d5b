package dev.idem.core.engine;

import dev.idem.core.budget.MemoryBudget;
import dev.idem.core.budget.MemoryShares;
import dev.idem.core.store.DurableStore;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.memory.MemoryStore;

/**
 * The stores of the records. The engine does not close them.
 *
 * @param memory decides while both others are unavailable
 * @param budget how much memory the engine may use: for its journal, copies, and the near cache
 */
public record EngineStores(FastStore fast, DurableStore durable, MemoryStore memory, MemoryBudget budget) {

    /**
     * With the usual budget of this process.
     *
     * @param nearCacheBytes how many bytes of answers this process may keep, so that repeats call no store; 0 for none
     */
    public EngineStores(FastStore fast, DurableStore durable, MemoryStore memory, long nearCacheBytes) {
        this(
                fast,
                durable,
                memory,
                new MemoryBudget(MemoryShares.of(
                                MemoryShares.usualTotal(Runtime.getRuntime().maxMemory()))
                        .withNearCache(nearCacheBytes)));
    }
}
