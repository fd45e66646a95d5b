package dev.idem.core.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.testing.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
    private static final Duration TTL = Duration.ofHours(1);

    private final MemoryStore store = new MemoryStore(64 << 20, InstantSource.system());

    @Override
    protected IdempotencyStore store() {
        return store;
    }

    @Test
    void anAnswerStandsUntilTheVeryInstantOfItsExpiry() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        MemoryStore standing = new MemoryStore(1 << 20, now::get);
        Lease lease = ((Claim.Acquired) standing.claim(request())).lease();
        standing.complete(lease, new RecordedResponse(204, List.of(), new byte[0]));

        now.updateAndGet(instant -> instant.plus(TTL).minusNanos(1));
        assertThat(standing.claim(request())).isInstanceOf(Claim.Replay.class);
        assertThat(standing.knows(lease.id())).isTrue();

        now.updateAndGet(instant -> instant.plusNanos(1));
        assertThat(standing.knows(lease.id())).isFalse();
        assertThat(standing.claim(request())).isInstanceOf(Claim.Acquired.class);
        assertThat(standing.claim(request())).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void ofAnAnswerWithoutMemoryItKeepsThatThereWasOne() {
        MemoryStore small = new MemoryStore(100_000, InstantSource.system());
        Lease first = ((Claim.Acquired) small.claim(request("first"))).lease();
        Lease second = ((Claim.Acquired) small.claim(request("second"))).lease();

        assertThat(small.complete(first, answer(60_000))).isTrue();
        assertThat(small.complete(second, answer(60_000))).isTrue();

        assertThat(small.answerOf(first)).contains(answer(60_000));
        assertThat(small.answerOf(second)).contains(new AnswerNotStored(AnswerNotStored.Reason.FAILED));
        assertThat(small.claim(request("second"))).isInstanceOf(Claim.Replay.class);
        assertThat(small.answersNotKept()).isEqualTo(1);
        assertThat(small.bytes()).isBetween(60_000L, 75_000L);
    }

    @Test
    void whatIsAlreadyNoAnswerStaysAsItIs() {
        MemoryStore small = new MemoryStore(1_000, InstantSource.system());
        Lease lease = ((Claim.Acquired) small.claim(request())).lease();

        small.complete(lease, AnswerNotStored.OUTCOME_UNKNOWN);

        assertThat(small.answerOf(lease)).contains(AnswerNotStored.OUTCOME_UNKNOWN);
    }

    @Test
    void aFullStoreRefusesNewRecordsAndForgetsNone() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        MemoryStore small = new MemoryStore(100_000, now::get);
        List<Lease> leases = new ArrayList<>();
        assertThatThrownBy(() -> {
                    while (leases.size() < 1_000) {
                        leases.add(((Claim.Acquired) small.claim(request("k" + leases.size()))).lease());
                    }
                })
                .isInstanceOfSatisfying(StoreUnavailableException.class, full -> assertThat(full.reason())
                        .isEqualTo(UnavailableReason.FULL));

        assertThat(leases).hasSizeGreaterThan(50).allMatch(lease -> small.knows(lease.id()));
        assertThat(small.claim(request("k0"))).isInstanceOf(Claim.InFlight.class);
        assertThat(small.claimOfExecuted(request("executed"))).isInstanceOf(Claim.Acquired.class);
        assertThat(small.abandon(leases.get(0))).isTrue();
        assertThat(small.abandon(leases.get(1))).isTrue();
        assertThat(small.claim(request("next"))).isInstanceOf(Claim.Acquired.class);
        now.updateAndGet(instant -> instant.plus(TTL).plusSeconds(31));
        assertThat(small.claim(request("later"))).isInstanceOf(Claim.Acquired.class);
        assertThat(small.bytes()).isLessThan(2_000);
    }

    private static RecordedResponse answer(int bytes) {
        return new RecordedResponse(201, List.of(), new byte[bytes]);
    }

    private static ClaimRequest request() {
        return request("k");
    }

    private static ClaimRequest request(String key) {
        return new ClaimRequest(
                new RecordId(new Scope("user:1"), key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                TTL,
                new ClaimOrigin("node", "POST /"));
    }
}
