package dev.idem.postgres;

import dev.idem.core.store.IdempotencyStore;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.testing.StoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreIT extends StoreContract {
    private final MigratedDatabase database;
    private final PostgresStore store;

    PostgresStoreIT(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.always(database.jdbi());
    }

    @Override
    protected IdempotencyStore store() {
        return store;
    }

    @AfterAll
    void close() {
        database.close();
    }
}
