package dev.idem.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Answer;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.RecordedResponse.Header;
import dev.idem.core.record.Scope;
import dev.idem.core.record.Window;
import dev.idem.core.store.IdempotencyStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of every store; each test checks one sentence of it. To test a store, extend this class and return the
 * store from {@link #store()}. It may be the same for all tests.
 */
public abstract class StoreContract {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(40);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Fingerprint FINGERPRINT = fingerprint(1);
    private static final Fingerprint OTHER_FINGERPRINT = fingerprint(2);

    private Scope scope = new Scope("nobody");

    @BeforeEach
    void eachTestHasAScopeOfItsOwn() {
        scope = new Scope("user:" + UUID.randomUUID());
    }

    /** The store, empty or not: each test has its own scope. */
    protected abstract IdempotencyStore store();

    @Test
    void theFirstClaimIsAcquired() {
        Lease lease = acquire(request("k"));

        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(lease.fencing()).isPositive();
        assertThat(lease.takenOver()).isFalse();
        assertThat(lease.store()).isEqualTo(store().name());
    }

    @Test
    void aClaimOfARunningRequestIsInFlight() {
        acquire(request("k"));

        assertThat(store().claim(request("k"))).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void aCompletedRequestIsReplayed() {
        Answer answer = response(201, "made");
        assertThat(store().complete(acquire(request("k")), answer)).isTrue();

        assertThat(replay("k")).isEqualTo(answer);
        assertThat(replay("k")).isEqualTo(answer);
    }

    @Test
    void anAnswerWithNoBodyAndNoHeadersIsReplayedAsOne() {
        RecordedResponse empty = new RecordedResponse(204, List.of(), new byte[0]);
        store().complete(acquire(request("k")), empty);

        assertThat(replay("k")).isEqualTo(empty);
    }

    @Test
    void anAnswerThatIsNotStoredStillStopsRepeats() {
        Answer notStored = new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE);
        store().complete(acquire(request("k")), notStored);

        assertThat(replay("k")).isEqualTo(notStored);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefusedWhileTheFirstRuns() {
        Lease lease = acquire(request("k"));

        assertThat(store().claim(request("k", OTHER_FINGERPRINT))).isInstanceOf(Claim.KeyReused.class);
        assertThat(store().complete(lease, response(201, "made"))).isTrue();
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefusedAfterTheFirstAndChangesNothing() {
        Answer answer = response(201, "made");
        store().complete(acquire(request("k")), answer);

        assertThat(store().claim(request("k", OTHER_FINGERPRINT))).isInstanceOf(Claim.KeyReused.class);
        assertThat(replay("k")).isEqualTo(answer);
    }

    @Test
    void anotherRequestWithTheKeyOfADeadOwnerIsRefused() {
        acquire(request("k", FINGERPRINT, SHORT, LONG));

        await().atMost(PATIENCE)
                .pollInterval(SHORT)
                .during(SHORT.multipliedBy(3))
                .untilAsserted(() -> assertThat(store().claim(request("k", OTHER_FINGERPRINT)))
                        .isInstanceOf(Claim.KeyReused.class));
    }

    @Test
    void theSameKeyInAnotherScopeIsUnrelated() {
        acquire(request("k"));
        ClaimRequest other = new ClaimRequest(
                new RecordId(new Scope("user:" + UUID.randomUUID()), "k"),
                OTHER_FINGERPRINT,
                UUID.randomUUID(),
                LONG,
                LONG,
                new ClaimOrigin("node", "POST /"));

        assertThat(store().claim(other)).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void anOwnerThatAsksAgainIsGivenItsLeaseAgain() {
        ClaimRequest request = request("k");
        Lease first = acquire(request);

        assertThat(acquire(request)).isEqualTo(first);
    }

    @Test
    void onlyTheOwnerCompletes() {
        acquire(request("k"));
        Lease forged = new Lease(request("k"), store().name(), Long.MAX_VALUE, 1);

        assertThat(store().complete(forged, response(201, "forged"))).isFalse();
        assertThat(store().claim(request("k"))).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void completingTwiceKeepsTheFirstAnswer() {
        Lease lease = acquire(request("k"));
        store().complete(lease, response(201, "first"));

        assertThat(store().complete(lease, response(500, "second"))).isTrue();
        assertThat(replay("k")).isEqualTo(response(201, "first"));
    }

    @Test
    void anAbandonedKeyIsFreeAtOnceAndFencedHigher() {
        Lease first = acquire(request("k"));

        assertThat(store().abandon(first)).isTrue();
        Lease second = acquire(request("k", OTHER_FINGERPRINT));
        assertThat(second.attempt()).isEqualTo(1);
        assertThat(second.fencing()).isGreaterThan(first.fencing());
    }

    @Test
    void onlyTheOwnerAbandons() {
        acquire(request("k"));
        Lease forged = new Lease(request("k"), store().name(), Long.MAX_VALUE, 1);

        assertThat(store().abandon(forged)).isFalse();
        assertThat(store().claim(request("k"))).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void aCompletedRequestCannotBeAbandoned() {
        Lease lease = acquire(request("k"));
        store().complete(lease, response(201, "made"));

        assertThat(store().abandon(lease)).isFalse();
        assertThat(replay("k")).isEqualTo(response(201, "made"));
    }

    @Test
    void aSilentOwnerIsReplacedWithAHigherFencingNumber() {
        Lease dead = acquire(request("k", FINGERPRINT, SHORT, LONG));

        Lease successor = awaitAcquired(() -> request("k"));
        assertThat(successor.fencing()).isGreaterThan(dead.fencing());
        assertThat(successor.attempt()).isEqualTo(2);
        assertThat(successor.takenOver()).isTrue();
    }

    @Test
    void aLateOwnerCannotOverwriteItsSuccessor() {
        Lease late = acquire(request("k", FINGERPRINT, SHORT, LONG));
        Lease successor = awaitAcquired(() -> request("k"));

        assertThat(store().complete(late, response(201, "late"))).isFalse();
        assertThat(store().abandon(late)).isFalse();
        assertThat(store().renew(late)).isFalse();
        assertThat(store().complete(successor, response(201, "successor"))).isTrue();
        assertThat(store().complete(late, response(201, "late"))).isFalse();
        assertThat(replay("k")).isEqualTo(response(201, "successor"));
    }

    @Test
    void anOwnerThatIsHeardOfIsNotReplaced() {
        Duration lockTimeout = Duration.ofMillis(400);
        Lease lease = acquire(request("k", FINGERPRINT, lockTimeout, LONG));

        await().atMost(PATIENCE)
                .pollInterval(SHORT)
                .during(lockTimeout.multipliedBy(3))
                .untilAsserted(() -> {
                    assertThat(store().renew(lease)).isTrue();
                    assertThat(store().claim(request("k"))).isInstanceOf(Claim.InFlight.class);
                });
        assertThat(store().complete(lease, response(201, "made"))).isTrue();
    }

    @Test
    void aCompletedLeaseCannotBeRenewed() {
        Lease lease = acquire(request("k"));
        store().complete(lease, response(201, "made"));

        assertThat(store().renew(lease)).isFalse();
    }

    @Test
    void aRunningRequestOutlivesItsTimeToLive() {
        Lease lease = acquire(request("k", FINGERPRINT, LONG, Duration.ofMillis(1)));

        await().atMost(PATIENCE)
                .pollInterval(SHORT)
                .during(SHORT.multipliedBy(3))
                .untilAsserted(() -> assertThat(store().claim(request("k"))).isInstanceOf(Claim.InFlight.class));
        assertThat(store().complete(lease, response(201, "made"))).isTrue();
    }

    @Test
    void anAnswerIsForgottenAfterItsTimeToLive() {
        Lease lease = acquire(request("k", FINGERPRINT, LONG, SHORT));
        store().complete(lease, response(201, "made"));

        Lease next = awaitAcquired(() -> request("k", OTHER_FINGERPRINT));
        assertThat(next.attempt()).isEqualTo(1);
        assertThat(next.fencing()).isGreaterThan(lease.fencing());
    }

    @Test
    void bodiesAreBytesNotText() {
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        RecordedResponse binary =
                new RecordedResponse(200, List.of(new Header("Content-Type", "image/png")), everyByte);
        store().complete(acquire(request("k")), binary);

        assertThat(replay("k")).isEqualTo(binary);
    }

    @Test
    void repeatedHeadersKeepTheirNumberAndOrder() {
        List<Header> headers = List.of(
                new Header("Link", "</a>; rel=next"),
                new Header("Warning", "199 - \"é\""),
                new Header("link", "</b>; rel=last"),
                new Header("X-Empty", ""));
        RecordedResponse response = new RecordedResponse(303, headers, new byte[] {1});
        store().complete(acquire(request("k")), response);

        assertThat(replay("k")).isEqualTo(response);
    }

    @Test
    void aCompressedAnswerIsGivenAsItWas() {
        byte[] body = "{\"item\":\"book\"}".repeat(500).getBytes(UTF_8);
        RecordedResponse answer = new RecordedResponse(200, List.of(), body);
        store().complete(acquire(request("k")), answer.compressed());

        assertThat(replay("k")).isEqualTo(answer);
    }

    @Test
    void aMebibyteIsStoredWhole() {
        byte[] body = new byte[1 << 20];
        new Random(42).nextBytes(body);
        RecordedResponse large = new RecordedResponse(200, List.of(), body);
        store().complete(acquire(request("k")), large);

        assertThat(replay("k")).isEqualTo(large);
    }

    @Test
    void keysOf255CharactersWithEveryPrintableOneAreToldApart() {
        StringBuilder printable = new StringBuilder();
        for (char c = ' '; c <= '~'; c++) {
            printable.append(c);
        }
        String key = printable.toString().repeat(3).substring(0, 254);
        store().complete(acquire(request(key + "1")), response(200, "one"));
        store().complete(acquire(request(key + "2")), response(200, "two"));

        assertThat(replay(key + "1")).isEqualTo(response(200, "one"));
        assertThat(replay(key + "2")).isEqualTo(response(200, "two"));
    }

    @Test
    void aSeparatorInAKeyOrScopeDoesNotMixRecords() {
        Scope left = new Scope(scope + ":a");
        store().complete(acquire(request(new RecordId(left, "b"))), response(200, "left"));

        assertThat(store().claim(request(new RecordId(scope, "a:b")))).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void ofManyThreadsThatClaimOneKeyExactlyOneWins() throws Exception {
        int threads = 64;
        try (Crowd crowd = new Crowd(threads)) {
            for (int round = 0; round < 200; round++) {
                String key = "round-" + round;
                List<Claim> claims = crowd.all(thread -> store().claim(request(key)));

                assertThat(claims).filteredOn(Claim.Acquired.class::isInstance).hasSize(1);
                assertThat(claims).filteredOn(Claim.InFlight.class::isInstance).hasSize(threads - 1);
            }
        }
    }

    @Test
    void ofManyThreadsThatReplaceADeadOwnerExactlyOneWins() throws Exception {
        try (Crowd crowd = new Crowd(16)) {
            for (int round = 0; round < 10; round++) {
                String key = "round-" + round;
                Lease dead = acquire(request(key, FINGERPRINT, Duration.ofMillis(1), LONG));
                List<Claim> winners = new ArrayList<>();
                await().atMost(PATIENCE).until(() -> {
                    winners.addAll(crowd.all(thread -> store().claim(request(key))).stream()
                            .filter(Claim.Acquired.class::isInstance)
                            .toList());
                    return !winners.isEmpty();
                });
                assertThat(winners).hasSize(1);
                assertThat(((Claim.Acquired) winners.get(0)).lease().fencing()).isGreaterThan(dead.fencing());
            }
        }
    }

    @Test
    void manyThreadsOnKeysOfTheirOwnAllWin() throws Exception {
        try (Crowd crowd = new Crowd(64)) {
            for (int round = 0; round < 20; round++) {
                int now = round;
                List<Boolean> completed = crowd.all(thread -> store().complete(
                                acquire(request("round-" + now + "-" + thread)), response(201, "of " + thread)));
                List<Answer> answers = crowd.all(thread -> replay("round-" + now + "-" + thread));

                assertThat(completed).containsOnly(true);
                for (int thread = 0; thread < answers.size(); thread++) {
                    assertThat(answers.get(thread)).isEqualTo(response(201, "of " + thread));
                }
            }
        }
    }

    @Test
    void aKeyThatSpellsAFingerprintNeverMeetsTheRequestWithoutAKey() {
        RecordId without = RecordId.of(scope, FINGERPRINT);
        ClaimRequest withoutKey = new ClaimRequest(
                without,
                FINGERPRINT,
                UUID.randomUUID(),
                LONG,
                LONG,
                new ClaimOrigin("node", "POST /"),
                Consistency.FAST,
                Optional.of(new Window(LONG, false)));
        String spelt = without.key().strip();

        Lease ofTheKey = acquire(request(spelt));
        Lease ofTheContent = acquire(withoutKey);
        store().complete(ofTheContent, response(201, "of the content"));
        store().complete(ofTheKey, response(201, "of the key"));

        assertThat(spelt).isEqualTo("fingerprint:" + FINGERPRINT);
        assertThat(replay(spelt)).isEqualTo(response(201, "of the key"));
        assertThat(store().claim(withoutKey))
                .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                        .isEqualTo(response(201, "of the content")));
    }

    @Test
    void anAnswerThatHasAWindowIsReplayedWithinIt() {
        Answer answer = response(201, "made");
        store().complete(acquire(within(LONG, "k")), answer);

        assertThat(store().claim(within(LONG, "k")))
                .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                        .isEqualTo(answer));
    }

    @Test
    void afterItsWindowTheSameRequestExecutesAnew() {
        Lease first = acquire(within(SHORT, "k"));
        store().complete(first, response(201, "first"));

        Lease second = awaitAcquired(() -> within(SHORT, "k"));

        assertThat(second.attempt()).isEqualTo(1);
        assertThat(second.fencing()).isGreaterThan(first.fencing());
        assertThat(store().complete(first, response(201, "late"))).isFalse();
        assertThat(store().complete(second, response(201, "second"))).isTrue();
        assertThat(store().claim(within(SHORT, "k").waiting()))
                .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                        .isEqualTo(response(201, "second")));
    }

    @Test
    void oneThatHasFoundTheFirstRunningIsItsRepeatHoweverLongThatTook() {
        Lease first = acquire(within(SHORT, "k"));
        awaitThatAWindowBegunNowIsOver();
        assertThat(store().claim(within(SHORT, "k"))).isInstanceOf(Claim.InFlight.class);
        store().complete(first, response(201, "made"));

        assertThat(store().claim(within(SHORT, "k").waiting())).isInstanceOf(Claim.Replay.class);
        assertThat(acquire(within(SHORT, "k")).attempt()).isEqualTo(1);
        assertThat(store().claim(within(SHORT, "k").waiting())).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void ofManyWhoComeAtTheInstantOfExpiryExactlyOneExecutes() throws Exception {
        Duration ttl = Duration.ofMillis(5);
        try (Crowd crowd = new Crowd(8)) {
            for (int round = 0; round < 200; round++) {
                String key = "round-" + round;
                store().complete(acquire(request(key, FINGERPRINT, LONG, ttl)), response(201, "made"));

                assertExactlyOneWins(crowd.all(thread -> claimUntilNotReplayed(() -> request(key))));
            }
        }
    }

    @Test
    void ofManyWhoComeAtTheEndOfAWindowExactlyOneExecutes() throws Exception {
        Duration window = Duration.ofMillis(5);
        try (Crowd crowd = new Crowd(8)) {
            for (int round = 0; round < 200; round++) {
                String key = "round-" + round;
                store().complete(acquire(within(window, key)), response(201, "made"));

                assertExactlyOneWins(crowd.all(thread -> claimUntilNotReplayed(() -> within(window, key))));
            }
        }
    }

    @Test
    void afterAWindowNobodyIsGivenTheOldAnswerNotEvenWhileAnotherTakesTheRecord() throws Exception {
        int rounds = 200;
        for (int round = 0; round < rounds; round++) {
            store().complete(acquire(within(SHORT, "round-" + round)), response(201, "made"));
        }
        awaitThatAWindowBegunNowIsOver();
        try (Crowd crowd = new Crowd(8)) {
            for (int round = 0; round < rounds; round++) {
                String key = "round-" + round;
                assertExactlyOneWins(crowd.all(thread -> store().claim(within(SHORT, key))));
            }
        }
    }

    @Test
    void anExpiredRecordIsAbsentForEveryStep() {
        Lease lease = acquire(request("k", FINGERPRINT, LONG, SHORT));
        store().complete(lease, response(201, "made"));
        store().complete(acquire(request("a clock", FINGERPRINT, LONG, SHORT)), response(200, "tick"));
        awaitAcquired(() -> request("a clock"));

        assertThat(store().renew(lease)).isFalse();
        assertThat(store().complete(lease, response(201, "late"))).isFalse();
        assertThat(store().abandon(lease)).isFalse();
        assertThat(acquire(request("k", OTHER_FINGERPRINT)).attempt()).isEqualTo(1);
    }

    private Claim claimUntilNotReplayed(Supplier<ClaimRequest> request) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Claim claim = store().claim(request.get());
        while (claim instanceof Claim.Replay && System.nanoTime() < deadline) {
            claim = store().claim(request.get());
        }
        return claim;
    }

    private static void assertExactlyOneWins(List<Claim> claims) {
        assertThat(claims).filteredOn(Claim.Acquired.class::isInstance).hasSize(1);
        assertThat(claims).filteredOn(Claim.InFlight.class::isInstance).hasSize(claims.size() - 1);
    }

    /** The full lifetime of another record with the same window, by the store's clock. */
    private void awaitThatAWindowBegunNowIsOver() {
        store().complete(acquire(within(SHORT, "a clock")), response(200, "tick"));
        awaitAcquired(() -> within(SHORT, "a clock"));
    }

    private ClaimRequest within(Duration window, String key) {
        ClaimRequest request = request(key);
        return new ClaimRequest(
                request.id(),
                request.fingerprint(),
                request.owner(),
                LONG,
                LONG,
                request.origin(),
                Consistency.FAST,
                Optional.of(new Window(window, false)));
    }

    private Lease acquire(ClaimRequest request) {
        Claim claim = store().claim(request);
        assertThat(claim).isInstanceOf(Claim.Acquired.class);
        return ((Claim.Acquired) claim).lease();
    }

    private Lease awaitAcquired(Supplier<ClaimRequest> request) {
        Claim claim = await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> store().claim(request.get()), Claim.Acquired.class::isInstance);
        return ((Claim.Acquired) claim).lease();
    }

    private Answer replay(String key) {
        Claim claim = store().claim(request(key));
        assertThat(claim).isInstanceOf(Claim.Replay.class);
        return ((Claim.Replay) claim).answer();
    }

    private ClaimRequest request(String key) {
        return request(key, FINGERPRINT);
    }

    private ClaimRequest request(String key, Fingerprint fingerprint) {
        return request(key, fingerprint, LONG, LONG);
    }

    private ClaimRequest request(String key, Fingerprint fingerprint, Duration lockTimeout, Duration ttl) {
        return new ClaimRequest(
                new RecordId(scope, key),
                fingerprint,
                UUID.randomUUID(),
                lockTimeout,
                ttl,
                new ClaimOrigin("node", "POST /"));
    }

    private static ClaimRequest request(RecordId id) {
        return new ClaimRequest(id, FINGERPRINT, UUID.randomUUID(), LONG, LONG, new ClaimOrigin("node", "POST /"));
    }

    private static RecordedResponse response(int status, String body) {
        return new RecordedResponse(
                status, List.of(new Header("Content-Type", "text/plain")), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Fingerprint fingerprint(int first) {
        byte[] digest = new byte[Fingerprint.LENGTH];
        digest[0] = (byte) first;
        return new Fingerprint(digest);
    }

    /** Threads that start together in each round. */
    private static final class Crowd implements AutoCloseable {
        private final int threads;
        private final ExecutorService executor;
        private final CyclicBarrier start;

        Crowd(int threads) {
            this.threads = threads;
            this.executor = Executors.newFixedThreadPool(threads);
            this.start = new CyclicBarrier(threads);
        }

        <T> List<T> all(IntFunction<T> task) throws Exception {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(executor.submit(() -> {
                    start.await();
                    return task.apply(thread);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
