package dev.idem.postgres.probe;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.Statements;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Inserts a reserved record, reads it back by deleting it, and commits. So no other transaction ever sees it, neither one of this
 * release nor of an older one. A server that answers a query may refuse every write. Thread-safe.
 */
public final class PostgresProbe {
    private final String store;
    private final Jdbi jdbi;
    private final String write;
    private final String takeBack;

    /**
     * @param store the store's name, for failures
     * @param jdbi one of {@link dev.idem.postgres.connect.StoreJdbi}
     */
    public PostgresProbe(String store, Jdbi jdbi) {
        Statements statements = new Statements();
        this.store = store;
        this.jdbi = jdbi;
        this.write = statements.load("probe_write");
        this.takeBack = statements.load("probe_take_back");
    }

    /**
     * Probes once.
     *
     * @return when PostgreSQL made the write, by its clock; the write is committed
     * @throws StoreUnavailableException if PostgreSQL does not answer or does not take writes
     */
    public Instant run() {
        UUID owner = UUID.randomUUID();
        Optional<Written> read = PostgresFailures.translate(
                store,
                () -> jdbi.inTransaction(handle -> {
                    int unused = handle.createUpdate(write).bind("owner", owner).execute();
                    return handle.createQuery(takeBack)
                            .bind("owner", owner)
                            .map((row, context) -> new Written(
                                    row.getObject("owner", UUID.class),
                                    row.getObject("claimed_at", OffsetDateTime.class)
                                            .toInstant()))
                            .findOne();
                }));
        return read.filter(row -> row.owner().equals(owner))
                .map(Written::at)
                .orElseThrow(() -> new StoreUnavailableException(store, "it did not return what was written"));
    }

    private record Written(UUID owner, Instant at) {}
}
