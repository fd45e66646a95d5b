package dev.idem.postgres;

import org.jdbi.v3.core.Jdbi;

/** Counts the records whose owners are dead, and which nobody has taken over yet. Thread-safe. */
public final class StaleLockCount {
    /** What is counted at the most: who has so many needs no exact number. */
    public static final int LIMIT = 10_000;

    private final Jdbi jdbi;
    private final String count;

    public StaleLockCount(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.count = new Statements().load("count_stale");
    }

    /**
     * How many there are at this moment, {@value #LIMIT} for that many or more.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if PostgreSQL is unavailable
     */
    public int count() {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> handle.createQuery(count)
                        .bind("limit", LIMIT)
                        .mapTo(Integer.class)
                        .one()));
    }
}
