package dev.idem.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** A migration that builds an index of a table in use. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
class ConcurrentIndexIT {
    private static final String CHANGELOG = "dev/idem/postgres/schema/later-index.sql";
    private static final Duration OFTEN = Duration.ofMillis(20);

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private PGSimpleDataSource database;
    private Jdbi jdbi;
    private Schema later;

    @BeforeEach
    void open(TestDatabase place) {
        database = Tables.in(place);
        jdbi = Jdbi.create(database);
        later = new Schema(database, CHANGELOG);
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void requestsGoOnAndTheProgressIsShown() throws Exception {
        List<String> shown = new CopyOnWriteArrayList<>();
        Future<List<String>> migration;
        Future<List<String>> another;
        MigrationWatch watch = new MigrationWatch(later, database, OFTEN, progress -> shown.add(progress.sentence()));
        try (Connection old = database.getConnection()) {
            old.setAutoCommit(false);
            insert(Jdbi.create(old).open(), "before");
            migration = threads.submit(() -> watch.during(later::update));
            await().until(() -> shown.stream().anyMatch(line -> line.contains("waiting for writers")));
            another = threads.submit(() -> new Schema(database, CHANGELOG).update());
            await().until(this::somebodyWaitsForTheirTurn);
            jdbi.useHandle(handle -> {
                handle.execute("SET lock_timeout = '1s'");
                insert(handle, "meanwhile");
            });
            assertThat(migration.isDone()).isFalse();
            old.commit();
            assertThat(migration.get(30, TimeUnit.SECONDS)).containsExactly("later-index");
        }

        assertThat(another.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(shown).anySatisfy(line -> assertThat(line)
                .matches("later-index, change 1 of 1, after \\d+ s: idempotency_records_route,"
                        + " waiting for writers before build, 0 %"));
        assertThat(valid()).isTrue();
    }

    @Test
    void anInterruptedBuildIsDoneAgain() throws Exception {
        try (Connection old = database.getConnection()) {
            old.setAutoCommit(false);
            insert(Jdbi.create(old).open(), "before");
            Future<List<String>> migration = threads.submit(later::update);
            await().until(() -> cancelBuilds() > 0);
            assertThatThrownBy(() -> migration.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(SchemaException.class);
        }
        assertThat(valid()).isFalse();

        assertThat(later.update()).containsExactly("later-index");

        assertThat(valid()).isTrue();
    }

    private static void insert(Handle handle, String key) {
        handle.execute("""
                INSERT INTO idempotency_records (scope, key, state, fingerprint, owner, fencing, attempt, node, route, claimed_at,
                    heartbeat_at, lock_timeout_ms, expires_at)
                VALUES ('user:1', ?, 'processing', '', gen_random_uuid(), 1, 1, 'n', 'POST /', now(), now(), 1000, now())
                """, key);
    }

    private boolean somebodyWaitsForTheirTurn() {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT count(*) > 0 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_try_advisory_lock(%' AND datname = current_database()")
                .mapTo(Boolean.class)
                .one());
    }

    private int cancelBuilds() {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT count(*) FILTER (WHERE pg_cancel_backend(pid)) FROM pg_stat_progress_create_index"
                                + " WHERE phase LIKE 'waiting%' AND datname = current_database()")
                .mapTo(Integer.class)
                .one());
    }

    private boolean valid() {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT indisvalid FROM pg_index WHERE indexrelid = 'idempotency_records_route'::regclass")
                .mapTo(Boolean.class)
                .one());
    }
}
