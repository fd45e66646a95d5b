package dev.idem.core.engine;

import dev.idem.core.record.Consistency;
import dev.idem.core.store.memory.MemoryStore;
import java.util.List;

/** What stands behind the engine. Thread-safe. */
interface EngineBackend extends AutoCloseable {

    ConsistencyStrategy of(Consistency consistency);

    /** What this process knows alone. */
    MemoryStore memory();

    /** What this process keeps of answers that a store has. */
    NearCache near();

    /** What is known of the stores. */
    EngineStatus status();

    /** Before the first request. */
    void start();

    /** Waits, for a moment at the most, until it has been looked who decides: the first request need not find out. */
    void awaitFirstRound();

    /** Each is to be run again and again, a moment after it ended; none waits for another. */
    List<Runnable> rounds();

    /** After the last request. */
    @Override
    void close();
}
