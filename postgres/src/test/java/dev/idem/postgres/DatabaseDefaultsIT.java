package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.schema.Tables;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator sets for a database changes nothing for the store, except that a read-only one stops it. */
@ExtendWith(ServersExtension.class)
final class DatabaseDefaultsIT {
    private static final int CALLERS = 14;

    private final TestDatabase server;
    private @Nullable MigratedDatabase database;
    private ExecutorService callers;

    DatabaseDefaultsIT(TestDatabase server) {
        this.server = server;
    }

    @BeforeEach
    void open() {
        Tables.in(server);
        callers = Executors.newFixedThreadPool(CALLERS);
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        if (database != null) {
            database.close();
        }
    }

    /** @param settings separated by semicolons */
    private PostgresStore storeWith(String settings) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            String name = connection.getCatalog();
            for (String setting : settings.split(";", -1)) {
                connection.createStatement().execute("ALTER DATABASE \"" + name + "\" SET " + setting);
            }
        }
        MigratedDatabase opened = new MigratedDatabase(server);
        database = opened;
        return PostgresStore.always(opened.jdbi());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default_transaction_isolation = 'serializable'",
                "default_transaction_isolation = 'repeatable read'; default_transaction_deferrable = on",
                "default_transaction_isolation = 'read uncommitted'; plan_cache_mode = force_generic_plan",
                "statement_timeout = '60ms'; transaction_timeout = '60ms'; idle_in_transaction_session_timeout = '10ms'",
                "bytea_output = 'escape'; datestyle = 'SQL, DMY'; timezone = 'Pacific/Kiritimati'; intervalstyle = 'sql_standard';"
                        + " extra_float_digits = -15; standard_conforming_strings = off; client_min_messages = debug1",
                "search_path = ''; array_nulls = off; transform_null_equals = on; row_security = off; quote_all_identifiers = on;"
                        + " client_encoding = 'LATIN1'; xmloption = 'document'; lc_messages = 'C'; check_function_bodies = off",
                "default_transaction_isolation = 'serializable'; work_mem = '64kB'; debug_parallel_query = on; jit = on;"
                        + " constraint_exclusion = on; enable_seqscan = off; session_replication_role = 'replica'",
                "enable_indexscan = off; jit_above_cost = 0; synchronous_commit = off; lock_timeout = '10ms'"
            })
    void ofCallersAtTheSameTimeOneAcquires(String settings) throws Exception {
        PostgresStore store = storeWith(settings);
        for (int round = 0; round < 2; round++) {
            String key = "key-" + round;
            List<Claim> claims = together(() -> store.claim(request(key)));
            List<Lease> leases = claims.stream()
                    .filter(Claim.Acquired.class::isInstance)
                    .map(claim -> ((Claim.Acquired) claim).lease())
                    .toList();
            assertThat(leases).hasSize(1);
            assertThat(claims).filteredOn(Claim.InFlight.class::isInstance).hasSize(CALLERS - 1);
            List<Boolean> renewed = together(() -> store.renew(leases.get(0)));
            assertThat(renewed).containsOnly(true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement_timeout = '60ms'", "lock_timeout = '10ms'", "transaction_timeout = '60ms'"})
    void aStepWaitsForAnotherTransactionAsLongAsItsClientWould(String setting) throws Exception {
        PostgresStore store = storeWith(setting);
        Lease lease = ((Claim.Acquired) store.claim(request("waits"))).lease();
        try (Connection other = withoutTimeouts()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT FROM idempotency_records WHERE key = 'waits' FOR UPDATE");
            Future<Boolean> renewed = callers.submit(() -> store.renew(lease));
            await().until(() -> oneWaitsLongerThan100Ms());

            other.commit();

            assertThat(renewed.get()).isTrue();
        }
    }

    private boolean oneWaitsLongerThan100Ms() throws SQLException {
        try (Connection watching = withoutTimeouts()) {
            return watching.createStatement()
                    .executeQuery("SELECT FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND wait_event_type = 'Lock' AND query_start < clock_timestamp() - interval '100 ms'")
                    .next();
        }
    }

    private Connection withoutTimeouts() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl()
                + "&options=-c%20statement_timeout=0%20-c%20lock_timeout=0%20-c%20transaction_timeout=0");
    }

    @Test
    void aReadOnlyDatabaseIsUnavailable() throws Exception {
        PostgresStore store = storeWith("default_transaction_read_only = on");

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> store.claim(request("read-only")))
                    .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.reason())
                            .isEqualTo(UnavailableReason.READ_ONLY));
        }
    }

    private <T> List<T> together(Callable<T> call) throws Exception {
        Stream<Callable<T>> calls = IntStream.range(0, CALLERS).mapToObj(i -> call);
        List<Future<T>> results = callers.invokeAll(calls.toList());
        List<T> values = new ArrayList<>();
        for (Future<T> result : results) {
            values.add(result.get());
        }
        return values;
    }

    private static ClaimRequest request(String key) {
        return new ClaimRequest(
                new RecordId(new Scope("defaults"), key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                new ClaimOrigin("node-1", "POST /"));
    }
}
