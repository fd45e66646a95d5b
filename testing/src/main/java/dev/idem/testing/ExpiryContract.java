package dev.idem.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What ends by the store's clock: times to live and windows. */
abstract class ExpiryContract extends AnswerContract {
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
}
