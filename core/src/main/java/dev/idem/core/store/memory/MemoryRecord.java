package dev.idem.core.store.memory;

import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record of the {@link MemoryStore}. Immutable.
 *
 * @param heartbeatAt the last heartbeat; once there is an answer, the time of completion
 */
record MemoryRecord(
        ClaimRequest request,
        long fencing,
        int attempt,
        Instant claimedAt,
        Instant heartbeatAt,
        @Nullable Answer answer) {

    /** The record after a claim: a new one, or the one that was there. */
    static MemoryRecord taken(@Nullable MemoryRecord held, ClaimRequest request, Instant now) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        if (held == null) {
            return new MemoryRecord(request, micros, 1, now, now, null);
        }
        if (held.wasOverFor(request, now)) {
            return new MemoryRecord(request, Math.max(held.fencing() + 1, micros), 1, now, now, null);
        }
        boolean mine = held.request().owner().equals(request.owner());
        boolean free = held.answer() == null
                && !mine
                && held.request().fingerprint().equals(request.fingerprint())
                && held.heartbeatAt().plus(held.request().lockTimeout()).isBefore(now);
        return free
                ? new MemoryRecord(request, Math.max(held.fencing() + 1, micros), held.attempt() + 1, now, now, null)
                : held;
    }

    MemoryRecord heardOf(Instant now) {
        return new MemoryRecord(request, fencing, attempt, claimedAt, now, null);
    }

    MemoryRecord completed(Answer completion, Instant now) {
        return new MemoryRecord(request, fencing, attempt, claimedAt, now, completion);
    }

    boolean wasOverFor(ClaimRequest caller, Instant now) {
        return answer != null
                && !caller.isWaiting()
                && request.windowLength()
                        .filter(length -> claimedAt.plus(length).isBefore(now))
                        .isPresent();
    }

    /** A fixed instant: a claim that changes nothing must not extend the record's life. */
    Instant expiresAt() {
        Instant unanswered = heartbeatAt.plus(request.ttl());
        return answer == null ? unanswered.plus(request.lockTimeout()) : unanswered;
    }

    /** As it is read at an instant. */
    StoredRecord read(Instant now) {
        return new StoredRecord(
                request.id(),
                request.fingerprint(),
                request.owner(),
                fencing,
                attempt,
                request.origin(),
                claimedAt,
                heartbeatAt,
                request.lockTimeout(),
                request.windowLength(),
                Optional.ofNullable(answer).map(stored -> heartbeatAt),
                expiresAt(),
                Optional.ofNullable(answer),
                now);
    }

    long bytes() {
        return MemoryStoreSize.of(request, answer);
    }
}
