package dev.idem.postgres.probe;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.Statements;
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

    /** @throws StoreUnavailableException if PostgreSQL does not answer or does not take writes */
    public void run() {
        UUID owner = UUID.randomUUID();
        Optional<UUID> read = PostgresFailures.translate(
                store,
                () -> jdbi.inTransaction(handle -> {
                    int unused = handle.createUpdate(write).bind("owner", owner).execute();
                    return handle.createQuery(takeBack)
                            .bind("owner", owner)
                            .mapTo(UUID.class)
                            .findOne();
                }));
        if (!read.equals(Optional.of(owner))) {
            throw new StoreUnavailableException(store, "it did not return what was written");
        }
    }
}
