package dev.idem.benchmarks.micro;

import dev.idem.benchmarks.body.Order;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.IdempotencyStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What requests ask of a store. Immutable.
 *
 * @param timeToLive of their answers
 */
public record Requests(Duration timeToLive) {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);
    private static final int ANSWER_BYTES = 150;
    private static final RecordedResponse ANSWER = new RecordedResponse(
            200, List.of(new RecordedResponse.Header("Content-Type", "application/json")), Order.of(ANSWER_BYTES));

    /**
     * Claims a new key, and completes it.
     *
     * @throws IllegalStateException if either is refused
     */
    public void first(IdempotencyStore store) {
        if (!(claim(store, newId()) instanceof Claim.Acquired acquired) || !store.complete(acquired.lease(), ANSWER)) {
            throw new IllegalStateException("a new key was taken");
        }
    }

    /** Claims a key, and completes it if it was free. */
    Claim repeat(IdempotencyStore store, RecordId id) {
        Claim claim = claim(store, id);
        if (claim instanceof Claim.Acquired acquired && !store.complete(acquired.lease(), ANSWER)) {
            throw new IllegalStateException("the lease was lost");
        }
        return claim;
    }

    static RecordId newId() {
        return new RecordId(new Scope("user:1"), UUID.randomUUID().toString());
    }

    private Claim claim(IdempotencyStore store, RecordId id) {
        return store.claim(new ClaimRequest(
                id,
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                LOCK_TIMEOUT,
                timeToLive,
                new ClaimOrigin("1@benchmark", "POST /orders")));
    }
}
