package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.testing.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A PostgreSQL store that decides only while it is the authoritative store. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreWhileAuthoritativeIT extends StoreContract {
    private static final RecordedResponse ANSWER = new RecordedResponse(201, List.of(), new byte[0]);

    private final MigratedDatabase database;
    private final PostgresStore store;
    private final PostgresTrustRow trust;

    PostgresStoreWhileAuthoritativeIT(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.whileAuthoritative(database.jdbi());
        trust = new PostgresTrustRow(database.jdbi(), "node-1");
    }

    @Override
    protected IdempotencyStore store() {
        return store;
    }

    @BeforeEach
    void takeCharge() {
        trust.revoke(trust.read().generation(), Duration.ZERO);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void whileRedisDecidesNothingIsDecidedHere() {
        Lease lease = ((Claim.Acquired) store.claim(request("held"))).lease();

        handOver();

        assertThatExceptionOfType(NotAuthoritativeException.class).isThrownBy(() -> store.claim(request("held")));
        assertThatExceptionOfType(NotAuthoritativeException.class).isThrownBy(() -> store.claim(request("new")));
        assertThatExceptionOfType(NotAuthoritativeException.class).isThrownBy(() -> store.renew(lease));
        assertThatExceptionOfType(NotAuthoritativeException.class).isThrownBy(() -> store.complete(lease, ANSWER));
        assertThatExceptionOfType(NotAuthoritativeException.class).isThrownBy(() -> store.abandon(lease));
        takeCharge();
        assertThat(store.complete(lease, ANSWER)).isTrue();
    }

    @Test
    void aDecisionThatBeganBeforeTheHandOverWaitsForItsEndAndIsRefused() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Generation next = Generation.next();
        trust.begin(next);
        try {
            Future<?>[] claim = new Future<?>[1];

            trust.handOver(next, interval -> {
                claim[0] = threads.submit(() -> store.claim(request("in between")));
                awaitSomebodyWaiting();
            });

            assertThat(claim[0])
                    .failsWithin(20, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withCauseInstanceOf(NotAuthoritativeException.class);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsDecidedIsStampedWithThePassAndNothingIsLeftOut() {
        Generation next = Generation.next();
        trust.begin(next);
        Lease first = ((Claim.Acquired) store.claim(request("first"))).lease();
        long second = trust.nextInterval(next);
        store.complete(first, ANSWER);
        store.claim(request("second"));

        assertThat(decidedIn(second - 1)).isEmpty();
        assertThat(decidedIn(second)).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void aFreedKeyIsToldToTheRefillToo() {
        Generation next = Generation.next();
        trust.begin(next);
        store.abandon(((Claim.Acquired) store.claim(request("freed"))).lease());

        assertThat(decidedIn(trust.read().interval())).containsExactly("freed");
    }

    private void handOver() {
        Generation next = Generation.next();
        trust.begin(next);
        trust.handOver(next, interval -> {});
    }

    private List<String> decidedIn(long pass) {
        List<String> keys = new ArrayList<>();
        new PostgresCopy(database.jdbi())
                .forEachDecided(
                        pass - 1,
                        pass,
                        page -> page.forEach(record -> keys.add(record.id().key())));
        return keys;
    }

    private void awaitSomebodyWaiting() {
        await().until(() -> database.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
                .mapTo(Boolean.class)
                .one()));
    }

    private static ClaimRequest request(String key) {
        return new ClaimRequest(
                new RecordId(new Scope("authoritative"), key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                new ClaimOrigin("node-1", "POST /"));
    }
}
