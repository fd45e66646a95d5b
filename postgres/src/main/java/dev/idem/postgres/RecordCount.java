package dev.idem.postgres;

import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.Statements;
import org.jdbi.v3.core.Jdbi;

/** Counts the records that wait for somebody, by an index of them. Thread-safe. */
public final class RecordCount {
    /** The highest count: beyond it, nobody needs an exact number. */
    public static final int LIMIT = 10_000;

    private final Jdbi jdbi;
    private final String count;

    private RecordCount(Jdbi jdbi, String statement) {
        this.jdbi = jdbi;
        this.count = new Statements().load(statement);
    }

    /** Stale records: their owners are dead, and no repeat has taken them over. */
    public static RecordCount ofStale(Jdbi jdbi) {
        return new RecordCount(jdbi, "count_stale");
    }

    /** Held records: nobody knows whether their requests took effect, and nobody has resolved them. */
    public static RecordCount ofHeld(Jdbi jdbi) {
        return new RecordCount(jdbi, "count_held");
    }

    /**
     * The current number; {@value #LIMIT} means that many or more.
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
