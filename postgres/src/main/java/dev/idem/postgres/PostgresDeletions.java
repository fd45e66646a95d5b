package dev.idem.postgres;

import org.jdbi.v3.core.Jdbi;

/**
 * How often operators have deleted records from PostgreSQL, so that processes which keep answers notice. Thread-safe. Throws
 * {@link dev.idem.core.store.StoreUnavailableException} when PostgreSQL does not answer.
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
