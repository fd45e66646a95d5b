package dev.idem.core.journal;

import java.time.Duration;

/**
 * Learns what becomes of a journal's entries, for metrics. An extension point: implementations are called on the
 * journal's thread and on its callers', must be thread-safe, quick, and must not throw.
 */
public interface JournalListener {

    /**
     * Entries became durable.
     *
     * @param lag how old the oldest of them was at that moment
     */
    default void written(int entries, Duration lag) {}

    /** Entries will never be written: PostgreSQL lacks what Redis has. */
    default void dropped(int entries) {}

    /** Listens to nothing. */
    JournalListener NONE = new JournalListener() {};
}
