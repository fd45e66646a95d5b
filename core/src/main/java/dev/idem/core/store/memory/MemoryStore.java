package dev.idem.core.store.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.store.IdempotencyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records in this process: they recognise repeats that reach this node, and are lost when it ends. Bounded in bytes; a
 * full store evicts what was used least. Never unavailable. Thread-safe: each step is one atomic {@code compute} on the
 * record.
 */
public final class MemoryStore implements IdempotencyStore {
    /** This store's {@link #name()}. */
    public static final String NAME = "memory";

    private static final int RECORD_OVERHEAD_BYTES = 512;

    private final InstantSource clock;
    private final Cache<RecordId, Entry> records;

    /**
     * @param maxBytes about how much memory the records may take
     * @param clock a clock that tests may set; otherwise {@link InstantSource#system()}
     */
    public MemoryStore(long maxBytes, InstantSource clock) {
        this.clock = clock;
        this.records = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((RecordId id, Entry entry) -> entry.weight())
                .expireAfter(Expiry.writing(
                        (RecordId id, Entry entry) -> Duration.between(clock.instant(), entry.expiresAt())))
                .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Claim claim(ClaimRequest request) {
        Instant now = clock.instant();
        Entry entry = records.asMap().compute(request.id(), (id, held) -> taken(held, request, now));
        if (entry.request().owner().equals(request.owner()) && entry.answer() == null) {
            return new Claim.Acquired(new Lease(request, NAME, entry.fencing(), entry.attempt()));
        }
        if (!entry.request().fingerprint().equals(request.fingerprint())) {
            return new Claim.KeyReused();
        }
        return entry.answer() == null
                ? new Claim.InFlight(entry.claimedAt(), NAME)
                : new Claim.Replay(entry.answer(), entry.heartbeatAt(), NAME, Optional.empty());
    }

    /** Whether there is a record, in any state. */
    public boolean knows(RecordId id) {
        return records.getIfPresent(id) != null;
    }

    /** Whether this owner's answer is still here. */
    public boolean hasAnswerOf(Lease lease) {
        @Nullable Entry held = records.getIfPresent(lease.id());
        return held != null && isAnswerOf(lease, held);
    }

    /** Removes the record, because another store has it now or nobody needs it. */
    public void forgetAnswerOf(Lease lease) {
        records.asMap().computeIfPresent(lease.id(), (id, held) -> isAnswerOf(lease, held) ? null : held);
    }

    @Override
    public boolean renew(Lease lease) {
        return changeWhileProcessing(lease, held -> held.heardOf(clock.instant()));
    }

    @Override
    public boolean complete(Lease lease, Answer answer) {
        return changeWhileProcessing(lease, held -> held.completed(answer, clock.instant())) || hasAnswerOf(lease);
    }

    @Override
    public boolean abandon(Lease lease) {
        return changeWhileProcessing(lease, held -> null);
    }

    @Override
    public void ping() {
        // This process is alive, otherwise nobody would call.
    }

    private static Entry taken(@Nullable Entry held, ClaimRequest request, Instant now) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        if (held == null) {
            return new Entry(request, micros, 1, now, now, null);
        }
        if (held.wasOverFor(request, now)) {
            return new Entry(request, Math.max(held.fencing() + 1, micros), 1, now, now, null);
        }
        boolean mine = held.request().owner().equals(request.owner());
        boolean free = held.answer() == null
                && !mine
                && held.request().fingerprint().equals(request.fingerprint())
                && held.heartbeatAt().plus(held.request().lockTimeout()).isBefore(now);
        return free
                ? new Entry(request, Math.max(held.fencing() + 1, micros), held.attempt() + 1, now, now, null)
                : held;
    }

    private boolean changeWhileProcessing(Lease lease, Change change) {
        boolean[] changed = new boolean[1];
        records.asMap().computeIfPresent(lease.id(), (id, held) -> {
            changed[0] = held.answer() == null && held.request().owner().equals(lease.owner());
            return changed[0] ? change.apply(held) : held;
        });
        return changed[0];
    }

    private static boolean isAnswerOf(Lease lease, Entry held) {
        return held.answer() != null && held.request().owner().equals(lease.owner());
    }

    private interface Change {
        @Nullable
        Entry apply(Entry held);
    }

    /** @param heartbeatAt the last heartbeat; once there is an answer, the time of completion */
    private record Entry(
            ClaimRequest request,
            long fencing,
            int attempt,
            Instant claimedAt,
            Instant heartbeatAt,
            @Nullable Answer answer) {

        Entry heardOf(Instant now) {
            return new Entry(request, fencing, attempt, claimedAt, now, null);
        }

        Entry completed(Answer completion, Instant now) {
            return new Entry(request, fencing, attempt, claimedAt, now, completion);
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

        int weight() {
            int body = answer instanceof RecordedResponse response
                    ? response.storedBody().kept().length
                    : 0;
            return RECORD_OVERHEAD_BYTES + body;
        }
    }
}
