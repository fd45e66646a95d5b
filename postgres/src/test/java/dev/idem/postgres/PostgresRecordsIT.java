package dev.idem.postgres;

import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministrationContract;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresRecordsIT extends RecordAdministrationContract {
    private final MigratedDatabase database;
    private final PostgresStore store;
    private final PostgresRecords records;

    PostgresRecordsIT(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.always(database.jdbi());
        records = new PostgresRecords(database.jdbi());
    }

    @Override
    protected IdempotencyStore store() {
        return store;
    }

    @Override
    protected RecordAdministration records() {
        return records;
    }

    @AfterAll
    void close() {
        database.close();
    }
}
