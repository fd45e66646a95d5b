package dev.idem.testing.linear;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.IdempotencyStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Takes steps on a store, in its own scope. Thread-safe. */
final class StoreSteps {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Scope scope = new Scope("linear:" + UUID.randomUUID());
    private final IdempotencyStore store;

    StoreSteps(IdempotencyStore store) {
        this.store = store;
    }

    /** @return the outcome in the terms of {@link SequentialRecords} */
    String take(Step step) {
        ClaimRequest request = request(step);
        Lease lease = new Lease(request, store.name(), 1, 1); // only its owner matters to a store
        if (step instanceof Step.Claiming) {
            return nameOf(store.claim(request));
        }
        return String.valueOf(
                step instanceof Step.Completing completing
                        ? store.complete(lease, new RecordedResponse(completing.status(), List.of(), new byte[0]))
                        : store.abandon(lease));
    }

    private static String nameOf(Claim claim) {
        return claim instanceof Claim.Replay replay
                ? "Replay of " + ((RecordedResponse) replay.answer()).status()
                : claim.getClass().getSimpleName();
    }

    private ClaimRequest request(Step step) {
        byte[] digest = new byte[Fingerprint.LENGTH];
        digest[0] = (byte) Step.requestOf(step.owner());
        return new ClaimRequest(
                new RecordId(scope, "k" + step.key()),
                new Fingerprint(digest),
                new UUID(0, step.owner()),
                LONG,
                LONG,
                new ClaimOrigin("node", "POST /"));
    }
}
