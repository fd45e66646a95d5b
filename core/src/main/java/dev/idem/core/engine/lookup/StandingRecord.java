package dev.idem.core.engine.lookup;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.StoredRecord;
import java.time.Duration;
import java.util.Optional;

/**
 * A record that was read, as a request meets it that does not claim it.
 *
 * @param store the name of the store that has it
 */
record StandingRecord(StoredRecord record, String store) {

    /** What the request is told while the record stands. */
    Claim toldTo(ClaimRequest request) {
        if (isOfAnother(request)) {
            return new Claim.KeyReused();
        }
        return record.answer()
                .<Claim>map(answer -> new Claim.Replay(
                        answer,
                        record.completedAt().orElseThrow(),
                        store,
                        Optional.of(Duration.between(record.readAt(), record.expiresAt()))))
                .orElseGet(() -> new Claim.InFlight(record.claimedAt(), store));
    }

    /**
     * Whether a claim of the request would acquire it: its owner is dead, its window has ended, or the same claim was sent
     * before and its reply was lost.
     */
    boolean isFreeFor(ClaimRequest request) {
        return !isOfAnother(request)
                && (record.stale() || isOwn(request) || (hasOutlivedItsWindow() && !request.isWaiting()));
    }

    private boolean isOwn(ClaimRequest request) {
        return record.answer().isEmpty() && record.owner().equals(request.owner());
    }

    private boolean isOfAnother(ClaimRequest request) {
        return !record.fingerprint().equals(request.fingerprint());
    }

    private boolean hasOutlivedItsWindow() {
        return record.answer().isPresent()
                && record.window()
                        .filter(length -> record.claimedAt().plus(length).isBefore(record.readAt()))
                        .isPresent();
    }
}
