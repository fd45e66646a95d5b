package dev.idem.core.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.Scope;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.testing.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    private static ClaimRequest request() {
        return new ClaimRequest(
                new RecordId(new Scope("user:1"), "k"),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                TTL,
                new ClaimOrigin("node", "POST /"));
    }
}
