package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.RecordAdministration.Depth;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL does not delete expired rows itself: such a row exists until it is swept, but counts as absent. */
@ExtendWith(ServersExtension.class)
class ExpiredRecordIT {
    private static final Duration TTL = Duration.ofMillis(20);
    private static final RecordedResponse ANSWER = new RecordedResponse(201, List.of(), new byte[] {1});

    private MigratedDatabase database;
    private PostgresStore store;
    private PostgresRecords records;
    private ExpiredRecordSweeper sweeper;

    @BeforeEach
    void open(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.always(database.jdbi());
        records = new PostgresRecords(database.jdbi());
        sweeper = new ExpiredRecordSweeper(database.jdbi(), 2);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void operatorsDoNotSeeARowThatHasExpired() {
        complete("k", TTL);
        await().until(() -> rows("expires_at <= clock_timestamp()") == 1);

        assertThat(records.find(request("k", TTL).id())).isEmpty();
        assertThat(records.findByKey("k", 10, Depth.QUICK).heads()).isEmpty();
        assertThat(records.list(new Filter(null, null, null, 10), null).records())
                .isEmpty();
        assertThat(rows("true")).isEqualTo(1);
    }

    @Test
    void anotherRequestTakesTheRowOver() {
        complete("k", TTL);
        await().until(() -> rows("expires_at <= clock_timestamp()") == 1);

        assertThat(store.claim(request("k", Duration.ofHours(1))))
                .isInstanceOfSatisfying(
                        Claim.Acquired.class,
                        acquired -> assertThat(acquired.lease().attempt()).isEqualTo(1));
        assertThat(rows("true")).isEqualTo(1);
    }

    @Test
    void itIsSweptBatchAfterBatchAndNothingElseIs() {
        for (int i = 0; i < 5; i++) {
            complete("expired-" + i, TTL);
        }
        complete("kept", Duration.ofHours(1));
        store.claim(request("running", TTL));
        await().until(() -> rows("expires_at <= clock_timestamp()") == 5);

        assertThat(sweeper.sweep()).isEqualTo(5);

        assertThat(rows("key IN ('kept', 'running')")).isEqualTo(2);
        assertThat(rows("true")).isEqualTo(2);
    }

    @Test
    void rowsThatExpiredAtTheSameMomentAreSwept() {
        insertExpired(5, "NULL", Duration.ofMinutes(1));
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE idempotency_records SET expires_at = now() - interval '1 minute'"));

        assertThat(sweeper.sweep()).isEqualTo(5);
    }

    @Test
    void rowsThatAFailbackStillNeedsStayAndOthersBehindThemAreSwept() {
        insertExpired(5, "99", Duration.ofMinutes(2));
        insertExpired(3, "NULL", Duration.ofMinutes(1));

        assertThat(sweeper.sweep()).isEqualTo(3);

        assertThat(rows("refill_pass = 99")).isEqualTo(5);
        database.jdbi().useHandle(handle -> handle.execute("UPDATE idempotency_trust SET settled_pass = 99"));
        assertThat(sweeper.sweep()).isEqualTo(5);
    }

    @Test
    void aFailbackNeedsARowForADayAtMost() {
        insertExpired(5, "99", Duration.ofHours(25));

        assertThat(sweeper.sweep()).isEqualTo(5);
    }

    @Test
    void aLockedRowIsLeftForTheNextSweep() {
        insertExpired(5, "NULL", Duration.ofMinutes(1));
        database.jdbi().useTransaction(other -> {
            other.execute("SELECT 1 FROM idempotency_records WHERE key = '2' FOR UPDATE");

            assertThat(sweeper.sweep()).isEqualTo(4);
        });
        assertThat(sweeper.sweep()).isEqualTo(1);
    }

    @Test
    void tombstonesAreSweptBatchAfterBatchByTheNodeThatSweeps() {
        database.jdbi()
                .useHandle(
                        handle -> handle.execute(
                                "INSERT INTO idempotency_tombstones (scope, key, owners, deleted_at, expires_at)"
                                        + " SELECT 's', n::text, '{}', now(), now() - interval '1 s' FROM generate_series(1, 5) AS n"));
        database.jdbi().useTransaction(other -> {
            other.execute("SELECT pg_advisory_xact_lock(hashtext('idempotency_records sweep'))");
            sweeper.sweep();
            assertThat(tombstones()).isEqualTo(5);
        });
        database.jdbi().useTransaction(other -> {
            other.execute("SELECT FROM idempotency_tombstones WHERE key = '3' FOR UPDATE");
            sweeper.sweep();
            assertThat(tombstones()).isEqualTo(1);
        });
    }

    private int tombstones() {
        return database.jdbi().withHandle(handle -> handle.select("SELECT count(*) FROM idempotency_tombstones")
                .mapTo(Integer.class)
                .one());
    }

    /** Otherwise each batch would pass the dead rows of all earlier ones, and a sweep would take quadratic time. */
    @Test
    void aSweepVisitsNoRowTwiceWhileAnOldSnapshotKeepsDeletedRows() throws Exception {
        int each = 2_000;
        insertExpired(each, "99", Duration.ofMinutes(2));
        insertExpired(each, "NULL", Duration.ofMinutes(1));
        try (Connection old = database.connect();
                Connection own = database.connect()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            old.createStatement().execute("SELECT count(*) FROM idempotency_records");
            Jdbi sweeping = Jdbi.create(own);
            long before = entriesRead(sweeping);

            assertThat(new ExpiredRecordSweeper(sweeping, 100).sweep()).isEqualTo(each);

            assertThat(entriesRead(sweeping) - before).isBetween(2L * each, 3L * each);
            old.rollback();
        }
    }

    private static long entriesRead(Jdbi jdbi) {
        return jdbi.withHandle(handle -> {
            handle.execute("SELECT pg_stat_force_next_flush()");
            return handle.createQuery(
                            "SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'idempotency_records_expires_at'")
                    .mapTo(Long.class)
                    .one();
        });
    }

    /** @param pass an SQL literal for the failover interval */
    private void insertExpired(int count, String pass, Duration ago) {
        database.jdbi().useHandle(handle -> handle.createUpdate("""
                                INSERT INTO idempotency_records (scope, key, state, fingerprint, owner, fencing, attempt, node,
                                    route, claimed_at, heartbeat_at, lock_timeout_ms, completed_at, expires_at, answer, refill_pass)
                                SELECT 'user:' || :ago, n::text, 'completed', '\\x00', gen_random_uuid(), 1, 1, 'node', 'POST /',
                                    t, t, 1000, t, t + n * interval '1 ms', '\\x00', <pass>
                                FROM generate_series(1, :count) AS n, (SELECT now() - :ago * interval '1 s' AS t) AS moment""")
                .define("pass", pass)
                .bind("ago", ago.toSeconds())
                .bind("count", count)
                .execute());
    }

    private void complete(String key, Duration ttl) {
        Lease lease = ((Claim.Acquired) store.claim(request(key, ttl))).lease();
        assertThat(store.complete(lease, ANSWER)).isTrue();
    }

    private int rows(String condition) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM idempotency_records WHERE <condition>")
                        .define("condition", condition)
                        .mapTo(Integer.class)
                        .one());
    }

    private static ClaimRequest request(String key, Duration ttl) {
        return new ClaimRequest(
                new RecordId(new Scope("user:1"), key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                ttl,
                new ClaimOrigin("node", "POST /"));
    }
}
