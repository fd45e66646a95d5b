package dev.idem.core.engine;

import dev.idem.core.engine.near.NearCache;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.engine.strategy.ConsistencyStrategy;
import dev.idem.core.record.Consistency;
import dev.idem.core.store.memory.MemoryStore;
import java.util.List;

/** The stores and strategies that the engine uses. Thread-safe. */
interface EngineBackend extends AutoCloseable {

    ConsistencyStrategy of(Consistency consistency);

    /** Records that only this process has. */
    MemoryStore memory();

    /** The answers of a store that this process keeps in memory. */
    NearCache near();

    /** The present state of the stores. */
    EngineStatus status();

    /** Called before the first request. */
    void start();

    /**
     * Waits a moment at most for the first look at which store is authoritative, so that the first request need not
     * find out.
     */
    void awaitFirstRound();

    /** Tasks to run repeatedly, each a moment after its last run. No task waits for another. */
    List<Runnable> rounds();

    /** Called after the last request. */
    @Override
    void close();
}
