package dev.idem.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.Window;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL decides: of all transactions that execute for one key, only one is committed. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AtomicCompletionIT {
    private static final Answer MADE = answer("made");
    private static final Answer OTHER = answer("other");

    private final MigratedDatabase database;
    private final PostgresStore store;
    private final AtomicCompletion completion = new AtomicCompletion();

    AtomicCompletionIT(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.always(database.jdbi());
        database.jdbi().useHandle(handle -> handle.execute("CREATE TABLE effects (key text NOT NULL)"));
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void aRecordThatPostgresqlHasNeverSeenIsCompleted() {
        Lease ofRedis = lease(request(), 7);

        assertThat(execute(ofRedis, MADE)).isTrue();
        assertThat(replay(ofRedis)).isEqualTo(MADE);
        assertThat(effects(ofRedis)).isEqualTo(1);
    }

    @Test
    void aRecordThatPostgresqlGrantedIsCompleted() {
        Lease lease = acquire(request());

        assertThat(execute(lease, MADE)).isTrue();
        assertThat(replay(lease)).isEqualTo(MADE);
    }

    @Test
    void effectAndRecordAreWrittenByOneTransaction() {
        Lease lease = lease(request(), 7);
        execute(lease, MADE);

        boolean same = database.jdbi().withHandle(handle -> handle.createQuery("""
                                SELECT effect.xmin = record.xmin
                                FROM effects AS effect JOIN idempotency_records AS record USING (key)
                                WHERE key = :key""")
                .bind("key", lease.id().key())
                .mapTo(Boolean.class)
                .one());
        assertThat(same).isTrue();
    }

    @Test
    void whatIsRolledBackLeavesNeither() {
        Lease lease = lease(request(), 7);
        database.jdbi().useHandle(handle -> {
            handle.begin();
            effect(handle, lease);
            assertThat(complete(handle, lease, MADE)).isTrue();
            handle.rollback();
        });

        assertThat(effects(lease)).isZero();
        assertThat(store.claim(again(lease))).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void aCompletedRecordIsNeverOverwrittenByAnyFencingNumber() {
        ClaimRequest request = request();
        execute(lease(request, 7), MADE);

        assertThat(execute(lease(again(request), 6), OTHER)).isFalse();
        assertThat(execute(lease(again(request), 8), OTHER)).isFalse();
        assertThat(replay(lease(request, 7))).isEqualTo(MADE);
        assertThat(effects(lease(request, 7))).isEqualTo(1);
    }

    @Test
    void anAnswerThatHasAWindowGivesWayToALaterOwnersOnly() {
        ClaimRequest request = within(request());
        execute(lease(request, 7), MADE);

        assertThat(execute(lease(within(again(request)), 6), OTHER)).isFalse();
        assertThat(execute(lease(request, 7), OTHER)).isFalse();
        assertThat(execute(lease(within(again(request)), 8), OTHER)).isTrue();
        assertThat(replay(lease(request, 7))).isEqualTo(OTHER);
    }

    @Test
    void theSameOwnerCannotTakeEffectTwice() {
        Lease lease = acquire(request());
        execute(lease, MADE);

        assertThat(execute(lease, OTHER)).isFalse();
        assertThat(effects(lease)).isEqualTo(1);
        assertThat(replay(lease)).isEqualTo(MADE);
    }

    @Test
    void anOwnerWhoseSuccessorIsKnownIsRefused() {
        Lease successor = acquire(request());
        Lease late = lease(again(successor), successor.fencing() - 1);

        assertThat(execute(late, MADE)).isFalse();
        assertThat(execute(successor, OTHER)).isTrue();
        assertThat(replay(successor)).isEqualTo(OTHER);
    }

    @Test
    void aSuccessorNeedNotWaitForItsPredecessor() {
        Lease predecessor = acquire(request());
        Lease successor = lease(again(predecessor), predecessor.fencing() + 1);

        assertThat(execute(successor, MADE)).isTrue();
        assertThat(execute(predecessor, OTHER)).isFalse();
        assertThat(effects(successor)).isEqualTo(1);
    }

    /** Redis knows that the first owner has freed the key, and PostgreSQL does not know it yet. */
    @Test
    void anotherRequestUnderAKeyThatWasFreedIsCompleted() {
        Lease lease = acquire(request());
        Lease other = lease(anotherRequest(lease.id()), lease.fencing() + 1);

        assertThat(execute(other, MADE)).isTrue();
        assertThat(execute(lease, OTHER)).isFalse();
        assertThat(replay(other)).isEqualTo(MADE);
    }

    @Test
    void anotherRequestUnderAKeyThatALaterOwnerHoldsIsRefused() {
        Lease lease = acquire(request());

        assertThat(execute(lease(anotherRequest(lease.id()), lease.fencing() - 1), MADE))
                .isFalse();
        assertThat(execute(lease, OTHER)).isTrue();
    }

    @Test
    void anExpiredRecordIsNoObstacle() {
        ClaimRequest request = request();
        execute(lease(request, 7), MADE);
        expire(request.id());

        assertThat(execute(lease(again(request), 8), OTHER)).isTrue();
        assertThat(replay(lease(request, 8))).isEqualTo(OTHER);
    }

    @Test
    void ofTwoTransactionsAtOnceTheSecondWaitsAndIsRefused() {
        ClaimRequest request = request();
        Lease first = lease(request, 7);
        Lease second = lease(again(request), 8);
        database.jdbi().useHandle(handle -> {
            handle.begin();
            effect(handle, first);
            assertThat(complete(handle, first, MADE)).isTrue();
            CompletableFuture<Boolean> racing = CompletableFuture.supplyAsync(() -> execute(second, OTHER));
            await().until(() -> sessionsThatWait() == 1);
            handle.commit();
            assertThat(racing.join()).isFalse();
        });

        assertThat(effects(first)).isEqualTo(1);
        assertThat(replay(first)).isEqualTo(MADE);
    }

    @Test
    void ofTwoTransactionsAtOnceTheSecondGoesOnIfTheFirstIsRolledBack() {
        ClaimRequest request = request();
        Lease first = lease(request, 7);
        Lease second = lease(again(request), 8);
        database.jdbi().useHandle(handle -> {
            handle.begin();
            effect(handle, first);
            assertThat(complete(handle, first, MADE)).isTrue();
            CompletableFuture<Boolean> racing = CompletableFuture.supplyAsync(() -> execute(second, OTHER));
            await().until(() -> sessionsThatWait() == 1);
            handle.rollback();
            assertThat(racing.join()).isTrue();
        });

        assertThat(effects(first)).isEqualTo(1);
        assertThat(replay(first)).isEqualTo(OTHER);
    }

    @Test
    void aLostConnectionIsAnUnavailableStore() throws Exception {
        Lease lease = lease(request(), 7);
        try (Connection connection = database.connect()) {
            Handle handle = Jdbi.create(connection).open();
            int session = handle.createQuery("SELECT pg_backend_pid()")
                    .mapTo(Integer.class)
                    .one();
            database.jdbi().useHandle(other -> other.select("SELECT pg_terminate_backend(?, 5000)", session)
                    .mapTo(Boolean.class)
                    .one());

            assertThatThrownBy(() -> completion.complete(connection, lease, MADE))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    private static ClaimRequest anotherRequest(RecordId id) {
        return new ClaimRequest(
                id, fingerprint(2), UUID.randomUUID(), Duration.ofMinutes(5), Duration.ofMinutes(5), origin());
    }

    /** As in an atomic method: the effect and the record's completion are committed together or not at all. */
    private boolean execute(Lease lease, Answer answer) {
        return database.jdbi().withHandle(handle -> {
            handle.begin();
            effect(handle, lease);
            boolean completed = complete(handle, lease, answer);
            if (completed) {
                handle.commit();
            } else {
                handle.rollback();
            }
            return completed;
        });
    }

    private boolean complete(Handle handle, Lease lease, Answer answer) {
        try {
            return completion.complete(handle.getConnection(), lease, answer);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void effect(Handle handle, Lease lease) {
        handle.execute("INSERT INTO effects VALUES (?)", lease.id().key());
    }

    private int effects(Lease lease) {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT count(*) FROM effects WHERE key = :key")
                .bind("key", lease.id().key())
                .mapTo(Integer.class)
                .one());
    }

    private int sessionsThatWait() {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                                SELECT count(*) FROM pg_stat_activity
                                WHERE datname = current_database() AND wait_event_type = 'Lock'""").mapTo(Integer.class).one());
    }

    private void expire(RecordId id) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE idempotency_records SET expires_at = now() - interval '1 s' WHERE key = ?", id.key()));
    }

    private Lease acquire(ClaimRequest request) {
        return ((Claim.Acquired) store.claim(request)).lease();
    }

    private Answer replay(Lease lease) {
        return ((Claim.Replay) store.claim(again(lease))).answer();
    }

    private static Lease lease(ClaimRequest request, long fencing) {
        return new Lease(request, "redis", fencing, 1);
    }

    private static ClaimRequest request() {
        RecordId id = new RecordId(
                new Scope("user:" + UUID.randomUUID()), UUID.randomUUID().toString());
        return new ClaimRequest(
                id, fingerprint(1), UUID.randomUUID(), Duration.ofMinutes(5), Duration.ofMinutes(5), origin());
    }

    private static ClaimRequest again(Lease lease) {
        return again(lease.request());
    }

    /** The same request, by another owner. */
    private static ClaimRequest again(ClaimRequest request) {
        return new ClaimRequest(
                request.id(),
                request.fingerprint(),
                UUID.randomUUID(),
                request.lockTimeout(),
                request.ttl(),
                request.origin());
    }

    /** The same request, without a key. */
    private static ClaimRequest within(ClaimRequest request) {
        return new ClaimRequest(
                request.id(),
                request.fingerprint(),
                request.owner(),
                request.lockTimeout(),
                request.ttl(),
                request.origin(),
                Consistency.FAST,
                Optional.of(new Window(Duration.ofMinutes(5), false)));
    }

    private static ClaimOrigin origin() {
        return new ClaimOrigin("node", "POST /");
    }

    private static Fingerprint fingerprint(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return new Fingerprint(bytes);
    }

    private static Answer answer(String body) {
        return new RecordedResponse(201, List.of(), body.getBytes(UTF_8));
    }
}
