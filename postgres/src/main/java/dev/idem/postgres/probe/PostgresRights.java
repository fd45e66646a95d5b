package dev.idem.postgres.probe;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.Statements;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The rights on the idempotency tables that the layer needs. docs/operations.md has them as GRANTs. Thread-safe. */
public final class PostgresRights {
    private final String store;
    private final Jdbi jdbi;
    private final String lacking;

    /** @param store the store's name, for failures */
    public PostgresRights(String store, Jdbi jdbi) {
        this.store = store;
        this.jdbi = jdbi;
        this.lacking = new Statements().load("probe_rights");
    }

    /**
     * What this user lacks, such as {@code UPDATE on idempotency_trust}; empty if it may do everything.
     *
     * @throws StoreUnavailableException if PostgreSQL does not answer
     */
    public List<String> lacking() {
        return PostgresFailures.translate(
                store,
                () -> jdbi.withHandle(handle ->
                        handle.createQuery(lacking).mapTo(String.class).list()));
    }
}
