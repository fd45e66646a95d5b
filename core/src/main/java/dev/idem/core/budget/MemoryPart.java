package dev.idem.core.budget;

import java.util.Locale;

/** The parts of a {@link MemoryBudget}. */
public enum MemoryPart {
    /** Requests and answers that are in flight. */
    BODIES,
    /** What PostgreSQL must still learn. */
    JOURNAL,
    /** Records that only this process has, because no store is available. */
    MEMORY_STORE,
    /** Records that background work copies from one store to the other. */
    COPIES,
    /** Answers kept for repeats. It borrows what the other parts do not use. */
    NEAR_CACHE;

    /** Its name in metrics, such as {@code memory_store}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
