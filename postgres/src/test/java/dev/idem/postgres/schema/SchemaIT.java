package dev.idem.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
class SchemaIT {
    private static final List<String> ALL = List.of(
            "001-idempotency-records",
            "004-idempotency-trust",
            "006-windows",
            "007-idempotency-events",
            "008-idempotency-rollout",
            "009-idempotency-deletions",
            "010-idempotency-tombstones",
            "011-idempotency-installation",
            "012-refill-turn",
            "012-idempotency-pass",
            "013-record-consistency",
            "014-held-records");
    private static final List<String> ALL_BUT_THE_FIRST = ALL.subList(1, ALL.size());
    private static final Duration IMPATIENT = Duration.ofMillis(200);

    private String url;
    private PGSimpleDataSource database;
    private Jdbi jdbi;
    private Schema schema;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @BeforeEach
    void open(TestDatabase place) {
        database = new PGSimpleDataSource();
        url = place.jdbcUrl();
        database.setUrl(url);
        jdbi = Jdbi.create(database);
        schema = new Schema(database);
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void ofAnEmptyDatabaseEverythingIsPending() {
        assertThat(schema.isCurrent()).isFalse();
        assertThat(schema.pending()).isEqualTo(ALL);
        assertThat(schema.changes()).extracting(Change::appliedAt).containsOnlyNulls();
    }

    @Test
    void askingChangesNothing() {
        schema.changes();

        assertThat(tables()).isEmpty();
    }

    @Test
    void anUpdateAppliesEverythingInOrder() {
        assertThat(schema.update()).isEqualTo(ALL);

        assertThat(schema.isCurrent()).isTrue();
        assertThat(tables()).contains("idempotency_records", "idempotency_trust", "idempotency_events");
        assertThat(schema.changes()).extracting(Change::id).isEqualTo(ALL);
        assertThat(schema.changes())
                .allSatisfy(change -> assertThat(change.applied().orElseThrow())
                        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60)));
    }

    @Test
    void aSecondUpdateFindsNothingToDo() {
        schema.update();

        assertThat(schema.update()).isEmpty();
        assertThat(schema.isCurrent()).isTrue();
    }

    @Test
    void whatIsRolledBackIsPendingAgain() {
        schema.update();

        assertThat(schema.rollback(ALL_BUT_THE_FIRST.size())).isEqualTo(latestFirst(ALL_BUT_THE_FIRST));

        assertThat(schema.pending()).isEqualTo(ALL_BUT_THE_FIRST);
        assertThat(tables()).contains("idempotency_records").doesNotContain("idempotency_trust");
        assertThat(schema.update()).isEqualTo(ALL_BUT_THE_FIRST);
    }

    private static List<String> latestFirst(List<String> changes) {
        List<String> reversed = new ArrayList<>(changes);
        Collections.reverse(reversed);
        return reversed;
    }

    @Test
    void everythingCanBeRolledBackTheLatestFirst() {
        schema.update();

        assertThat(schema.rollback(99)).isEqualTo(latestFirst(ALL));

        assertThat(tables()).containsOnly("databasechangelog", "databasechangeloglock");
        assertThat(schema.rollback(1)).isEmpty();
    }

    @Test
    void everyTableIsPrefixed() {
        schema.update();

        assertThat(tables()).allMatch(name -> name.startsWith("idempotency_") || name.startsWith("databasechangelog"));
    }

    @Test
    void aHostsTablesOfAnyNameAreNotTouched() {
        jdbi.useHandle(handle -> {
            handle.execute("CREATE TABLE users (name text); INSERT INTO users VALUES ('ann')");
            handle.execute("CREATE TABLE shares (cents bigint); INSERT INTO shares VALUES (1)");
        });

        assertThat(schema.update()).isEqualTo(ALL);
        assertThat(schema.rollback(99)).hasSize(ALL.size());

        assertThat(tables()).containsExactlyInAnyOrder("users", "shares", "databasechangelog", "databasechangeloglock");
        String kept = jdbi.withHandle(handle -> handle.select("SELECT name FROM users, shares WHERE cents = 1")
                .mapTo(String.class)
                .one());
        assertThat(kept).isEqualTo("ann");
    }

    @Test
    void theNameOfTheListInEarlierReleasesStillWorks() {
        schema.update();

        Schema earlier = new Schema(database, "dev/idem/core/schema/changelog.xml");

        assertThat(earlier.changes()).extracting(Change::id).isEqualTo(ALL);
        assertThat(earlier.isCurrent()).isTrue();
    }

    @Test
    void whatAnotherProcessTookBackIsAppliedAgain() {
        schema.update();
        schema.update();
        jdbi.useHandle(handle -> {
            handle.execute("DROP TABLE idempotency_installation");
            handle.execute("DELETE FROM databasechangelog WHERE id = '011-idempotency-installation'");
        });

        assertThat(schema.update()).containsExactly("011-idempotency-installation");
    }

    @Test
    void ofManyWhoUpdateTogetherOneAppliesAndAllSucceed() throws Exception {
        List<Future<List<String>>> updates = Stream.generate(() -> threads.submit(() -> new Schema(database).update()))
                .limit(4)
                .toList();

        List<List<String>> applied = new ArrayList<>();
        for (Future<List<String>> update : updates) {
            applied.add(update.get(60, TimeUnit.SECONDS));
        }

        assertThat(applied).containsExactlyInAnyOrder(ALL, List.of(), List.of(), List.of());
    }

    @Test
    void anUpdateWaitsForAnotherMigrationToEnd() throws Exception {
        Future<List<String>> waiting;
        try (MigrationConnection other = MigrationConnection.open(database, IMPATIENT)) {
            waiting = threads.submit(schema::update);
            await().until(() -> jdbi.withHandle(handle -> handle.select(
                            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_try_advisory_lock(%' AND datname = current_database()")
                    .mapTo(Integer.class)
                    .one()
                    .equals(1)));
            assertThat(other.jdbc().isClosed()).isFalse();
            assertThat(tables()).isEmpty();
        }

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(ALL);
    }

    @Test
    void itDoesNotWaitForEver() throws Exception {
        try (MigrationConnection other = MigrationConnection.open(database, IMPATIENT)) {
            assertThat(other.jdbc().isClosed()).isFalse();

            assertThatThrownBy(() -> new Schema(database, Schema.IDEMPOTENCY_TABLES, IMPATIENT).update())
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("has not ended");
        }
    }

    @Test
    void aLockLeftBehindIsReportedWithTheWayToFreeIt() {
        schema.update();
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE databasechangeloglock SET locked = true, lockedby = 'node-7', lockgranted = now()"));

        assertThatThrownBy(schema::update)
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("node-7")
                .hasMessageContaining("UPDATE databasechangeloglock SET locked = false");

        jdbi.useHandle(handle -> handle.execute("UPDATE databasechangeloglock SET locked = false"));
        assertThat(schema.update()).isEmpty();
    }

    @Test
    void theConnectionComesBackAsItWas() throws Exception {
        PoolProperties one = new PoolProperties();
        one.setUrl(url);
        one.setDriverClassName("org.postgresql.Driver");
        one.setMaxActive(1);
        DataSource pool = new DataSource(one);
        try {
            List<Map<String, Object>> before = state(pool);

            Schema pooled = new Schema(pool, Schema.IDEMPOTENCY_TABLES, IMPATIENT);
            pooled.isCurrent();
            pooled.update();
            pooled.rollback(1);

            assertThat(state(pool)).isEqualTo(before);
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
            }
        } finally {
            pool.close();
        }
    }

    @Test
    void nothingIsPrinted() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream trap = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(trap);
        System.setErr(trap);
        try {
            schema.update();
            schema.rollback(1);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsSaidNotTo() {
        database.setUrl("jdbc:postgresql://127.0.0.1:1/idem?user=u&password=hunter2");

        assertThatThrownBy(schema::update)
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("unavailable")
                .hasMessageContaining("refused")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(schema::isCurrent).isInstanceOf(SchemaException.class);
    }

    @Test
    void aWrongPasswordIsNamedAndNotShown() {
        database.setPassword("hunter2");

        assertThatThrownBy(schema::update)
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("refuses the login")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aUserWithoutRightsIsSaidToLackThem() {
        String role = "reader_" + Long.toHexString(System.nanoTime());
        jdbi.useHandle(handle -> {
            handle.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'secret'");
            handle.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        });
        database.setUser(role);
        database.setPassword("secret");

        assertThatThrownBy(schema::update)
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("not permitted")
                .hasMessageContaining("permission denied");
    }

    @Test
    void aDatabaseOfOtherChangesOfTheSameNamesIsRefused() {
        schema.update();
        jdbi.useHandle(handle ->
                handle.execute("UPDATE databasechangelog SET md5sum = '9:0' WHERE id = '004-idempotency-trust'"));

        assertThatThrownBy(() -> schema.rollback(1))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("other changes");
    }

    @Test
    void atLeastOneChangeIsRolledBack() {
        assertThatIllegalArgumentException().isThrownBy(() -> schema.rollback(0));
    }

    private List<String> tables() {
        return jdbi.withHandle(handle -> handle.select("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                .mapTo(String.class)
                .list());
    }

    private static List<Map<String, Object>> state(javax.sql.DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return Jdbi.create(connection)
                    .withHandle(handle -> handle.select("""
                            SELECT name, setting FROM pg_settings WHERE name NOT LIKE 'plpgsql.%'
                            UNION ALL SELECT 'locks', count(*)::text FROM pg_locks WHERE locktype = 'advisory'
                            UNION ALL SELECT 'connection', pg_backend_pid()::text
                            ORDER BY 1
                            """).mapToMap().list());
        }
    }
}
