package dev.idem.postgres;

import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.Statements;
import org.jdbi.v3.core.Jdbi;

/** Counts the stale records: their owners are dead, and no repeat has taken them over. Thread-safe. */
public final class StaleLockCount {
    /** The highest count: beyond it, nobody needs an exact number. */
    public static final int LIMIT = 10_000;

    private final Jdbi jdbi;
    private final String count;

    public StaleLockCount(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.count = new Statements().load("count_stale");
    }

    /**
     * The current number of stale records; {@value #LIMIT} means that many or more.
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
