package dev.idem.core.journal;

import java.time.Duration;

/**
 * Receives what happens to a journal's entries, for metrics. An extension point: implementations are called on the
 * journal's thread and on its callers', must be thread-safe, quick, and must not throw.
 */
public interface JournalListener {

    /**
     * Entries became durable.
     *
     * @param lag the age of the oldest of them at that moment
     */
    default void written(int entries, Duration lag) {}

    /** Entries were dropped: PostgreSQL lacks decisions of Redis. */
    default void dropped(int entries) {}

    /** Listens to nothing. */
    JournalListener NONE = new JournalListener() {};
}
