package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordCopy;
import dev.idem.core.store.RecordCopyContract;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
class LargeAnswersIT extends RecordCopyContract {
    private static final String BLOCKS_OF_ANSWERS =
            "SELECT toast_blks_read + toast_blks_hit FROM pg_statio_user_tables WHERE relname = 'idempotency_records'";
    private static final int BLOCK = 8192;

    private final MigratedDatabase database;
    private final Connection connection;
    private final Jdbi jdbi;

    LargeAnswersIT(TestDatabase server) throws SQLException {
        database = new MigratedDatabase(server);
        connection = database.connect();
        jdbi = Jdbi.create(connection);
    }

    @Override
    protected IdempotencyStore store() {
        return PostgresStore.always(jdbi);
    }

    @Override
    protected RecordCopy copy() {
        return new PostgresCopy(jdbi);
    }

    @Override
    protected RecordAdministration records() {
        return new PostgresRecords(jdbi);
    }

    @Test
    void allAreReadInPagesOfBoundedBytes() {
        new PostgresCopy(jdbi).forEach(this::see);

        assertThat(seen).hasSize(RECORDS);
    }

    /** The connection that has read them reports its own counts. */
    @Override
    protected long bytesRead() {
        return jdbi.withHandle(handle -> {
            handle.execute("SELECT pg_stat_force_next_flush()");
            return BLOCK
                    * handle.createQuery(BLOCKS_OF_ANSWERS).mapTo(Long.class).one();
        });
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
        database.close();
    }
}
