package dev.idem.core.journal.entry;

import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A record as PostgreSQL must store it.
 *
 * @param window how long its answer stands, from its claim, if its request had no key; then other requests may follow
 * @param completion empty while processing
 * @param expiresAt when the record expires
 * @param onlyIfKnown set for a heartbeat: it keeps a row alive but inserts none. A heartbeat that arrives after the end
 *     of its lease would otherwise lock the key again
 */
public record RecordSnapshot(
        Fingerprint fingerprint,
        UUID owner,
        long fencing,
        int attempt,
        ClaimOrigin origin,
        Duration lockTimeout,
        Optional<Duration> window,
        MonotonicInstant claimedAt,
        MonotonicInstant heartbeatAt,
        Optional<Completion> completion,
        MonotonicInstant expiresAt,
        boolean onlyIfKnown) {

    /** About how many bytes a record without an answer takes in memory. */
    private static final long PLAIN_BYTES = 512;

    /** How many bytes a completed record adds. */
    public record Completion(MonotonicInstant at, Answer answer) {}

    static RecordSnapshot processing(Lease lease, boolean onlyIfKnown) {
        Duration life = lease.request().ttl().plus(lease.request().lockTimeout());
        return of(lease, Optional.empty(), life, onlyIfKnown);
    }

    static RecordSnapshot completed(Lease lease, Answer answer) {
        Completion completion = new Completion(MonotonicInstant.now(), answer);
        return of(lease, Optional.of(completion), lease.request().ttl(), false);
    }

    /** A record as another store keeps it, with ages and remaining life by that store's own clock. */
    static RecordSnapshot of(StoredRecord seen) {
        MonotonicInstant now = MonotonicInstant.now();
        return new RecordSnapshot(
                seen.fingerprint(),
                seen.owner(),
                seen.fencing(),
                seen.attempt(),
                seen.origin(),
                seen.lockTimeout(),
                seen.window(),
                now.plus(Duration.between(seen.readAt(), seen.claimedAt())),
                now.plus(Duration.between(seen.readAt(), seen.heartbeatAt())),
                seen.answer()
                        .map(answer -> new Completion(
                                now.plus(Duration.between(
                                        seen.readAt(), seen.completedAt().orElse(seen.readAt()))),
                                answer)),
                now.plus(Duration.between(seen.readAt(), seen.expiresAt())),
                false);
    }

    private static RecordSnapshot of(Lease lease, Optional<Completion> completion, Duration life, boolean onlyIfKnown) {
        MonotonicInstant now = completion.map(Completion::at).orElseGet(MonotonicInstant::now);
        return new RecordSnapshot(
                lease.request().fingerprint(),
                lease.owner(),
                lease.fencing(),
                lease.attempt(),
                lease.request().origin(),
                lease.request().lockTimeout(),
                lease.request().windowLength(),
                now,
                now,
                completion,
                now.plus(life),
                onlyIfKnown);
    }

    public boolean completed() {
        return completion.isPresent();
    }

    /** Merges both states into one by the rule of {@code merge.sql}, before anything is sent. */
    RecordSnapshot then(RecordSnapshot later) {
        if (completed()
                && (owner.equals(later.owner)
                        || (window.isEmpty() && !expiresAt.remaining().isNegative()))) {
            return this;
        }
        if (owner.equals(later.owner)) {
            return later.continuing(this);
        }
        return (later.completed() && later.window.isEmpty()) || later.fencing > fencing ? later : this;
    }

    private RecordSnapshot continuing(RecordSnapshot begun) {
        return new RecordSnapshot(
                fingerprint,
                owner,
                Math.max(fencing, begun.fencing),
                attempt,
                origin,
                lockTimeout,
                window,
                claimedAt.earlier(begun.claimedAt),
                heartbeatAt.later(begun.heartbeatAt),
                completion,
                completed() ? expiresAt : expiresAt.later(begun.expiresAt),
                onlyIfKnown && begun.onlyIfKnown);
    }

    /** About how much memory it takes. */
    long bytes() {
        return PLAIN_BYTES + completion.map(held -> held.answer().bytes()).orElse(0L);
    }
}
