package dev.idem.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may execute, and until when: claim, renew, abandon, take-over. */
abstract class LeaseContract extends StoreSteps {
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
    void anotherRequestWithTheSameKeyIsRefusedWhileTheFirstRuns() {
        Lease lease = acquire(request("k"));

        assertThat(store().claim(request("k", OTHER_FINGERPRINT))).isInstanceOf(Claim.KeyReused.class);
        assertThat(store().complete(lease, response(201, "made"))).isTrue();
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
    void aCompletedRequestCannotBeAbandoned() {
        Lease lease = acquire(request("k"));
        store().complete(lease, response(201, "made"));

        assertThat(store().abandon(lease)).isFalse();
        assertThat(replay("k")).isEqualTo(response(201, "made"));
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
}
