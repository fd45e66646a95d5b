package dev.idem.service.stores;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.pool.BoundedConnections;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.service.config.DatabaseConfiguration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * PostgreSQL for the service's own statements, which a client waits for: with at most half of the pool, so that they never keep the
 * engine from its own. Thread-safe.
 */
public final class OwnDatabase {
    private final Jdbi quick;
    private final Jdbi patient;

    /** @param known why the engine's last probe of PostgreSQL failed; empty if it succeeded */
    public OwnDatabase(
            DataSource pool, DatabaseConfiguration settings, Supplier<Optional<StoreUnavailableException>> known) {
        int half = Math.max(1, settings.poolSizeOrDefault() / 2);
        BoundedConnections connections =
                new BoundedConnections(pool::getConnection, half, settings.timeoutOrDefault(), known);
        this.quick = StoreJdbi.on(connections.quick());
        this.patient = StoreJdbi.on(connections.patient());
    }

    /** The transactions of atomic methods, which are the engine's own work and may use the whole pool. */
    public static Jdbi ofTransactions(
            DataSource pool, DatabaseConfiguration settings, Supplier<Optional<StoreUnavailableException>> known) {
        return StoreJdbi.on(BoundedConnections.ofTransactions(pool, settings.timeoutOrDefault(), known));
    }

    /** For logins, shares and settings: a statement ends within {@code database.timeout}. */
    public Jdbi quick() {
        return quick;
    }

    /** For lists and counts: PostgreSQL answers something within {@code database.timeout}, and all of it when it has it. */
    public Jdbi patient() {
        return patient;
    }
}
