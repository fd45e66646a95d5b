package dev.idem.postgres;

import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.Statements;
import org.jdbi.v3.core.Jdbi;

/**
 * Counts how often operators have deleted records from PostgreSQL, so that near caches notice. Thread-safe. Throws {@link
 * dev.idem.core.store.StoreUnavailableException} if PostgreSQL is unavailable.
 */
public final class PostgresDeletions {
    private final Jdbi jdbi;
    private final String count;

    public PostgresDeletions(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.count = new Statements().load("deletions");
    }

    public long count() {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(
                        handle -> handle.createQuery(count).mapTo(Long.class).one()));
    }
}
