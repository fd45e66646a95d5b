package dev.idem.core.store.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records in this process: they recognise repeats that reach this node, and are lost when it ends. Bounded in bytes,
 * and no record is lost before it expires. A full store keeps of an answer only that there was one, and then refuses
 * new records. Thread-safe: each step is one atomic {@code compute} on the record.
 */
public final class MemoryStore implements IdempotencyStore {
    /** This store's {@link #name()}. */
    public static final String NAME = "memory";

    /** What is kept of an answer for which there is no memory: that there was one. */
    public static final Answer NOT_KEPT = new AnswerNotStored(AnswerNotStored.Reason.FAILED);

    private final InstantSource clock;
    private final MemoryStoreSize size;
    private final Cache<RecordId, MemoryRecord> records;

    /**
     * @param maxBytes about how much memory the records may take
     * @param clock a clock that tests may set; otherwise {@link InstantSource#system()}
     */
    public MemoryStore(long maxBytes, InstantSource clock) {
        this.clock = clock;
        this.size = new MemoryStoreSize(maxBytes);
        this.records = Caffeine.newBuilder()
                .evictionListener((@Nullable RecordId id, @Nullable MemoryRecord expired, RemovalCause cause) -> {
                    var unused = counted(expired, null);
                })
                .expireAfter(Expiry.writing(
                        (RecordId id, MemoryRecord entry) -> Duration.between(clock.instant(), entry.expiresAt())))
                .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** @throws StoreUnavailableException if the record is new, and there is no memory for it */
    @Override
    public Claim claim(ClaimRequest request) {
        if (!knows(request.id()) && size.isFull()) {
            records.cleanUp(); // what has expired may still be counted
            if (size.isFull()) {
                throw new StoreUnavailableException(
                        NAME, UnavailableReason.FULL, "this process's memory for records is full", "", null);
            }
        }
        return claimOfExecuted(request);
    }

    /** The same for a request that has executed already: it is never refused. */
    public Claim claimOfExecuted(ClaimRequest request) {
        Instant now = clock.instant();
        MemoryRecord entry = records.asMap()
                .compute(request.id(), (id, held) -> counted(held, MemoryRecord.taken(held, request, now)));
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

    /** The record with its answer, if there is one. */
    public Optional<StoredRecord> find(RecordId id) {
        return Optional.ofNullable(records.getIfPresent(id)).map(held -> held.read(clock.instant()));
    }

    /** Removes all records. */
    public void clear() {
        records.asMap().keySet().forEach(id -> records.asMap()
                .computeIfPresent(id, (same, held) -> counted(held, null)));
    }

    /** This owner's answer, if it is still here; that it was not kept if there was no memory for it. */
    public Optional<Answer> answerOf(Lease lease) {
        return Optional.ofNullable(records.getIfPresent(lease.id()))
                .filter(held -> held.request().owner().equals(lease.owner()))
                .map(MemoryRecord::answer);
    }

    /** Removes the record, because another store has it now or nobody needs it. */
    public void forgetAnswerOf(Lease lease) {
        records.asMap()
                .computeIfPresent(lease.id(), (id, held) -> isAnswerOf(lease, held) ? counted(held, null) : held);
    }

    /** About how many bytes of memory the records take. */
    public long bytes() {
        return size.bytes();
    }

    /** How many answers were not kept because there was no memory for them. */
    public long answersNotKept() {
        return size.answersNotKept();
    }

    @Override
    public boolean renew(Lease lease) {
        return changeWhileProcessing(lease, held -> held.heardOf(clock.instant()));
    }

    /** Keeps the answer, or only that there was one if there is no memory for it. */
    @Override
    public boolean complete(Lease lease, Answer answer) {
        return changeWhileProcessing(lease, held -> completed(held, answer))
                || answerOf(lease).isPresent();
    }

    private MemoryRecord completed(MemoryRecord held, Answer answer) {
        Instant now = clock.instant();
        MemoryRecord whole = held.completed(answer, now);
        return size.takes(whole.bytes() - held.bytes()) ? whole : held.completed(NOT_KEPT, now);
    }

    @Override
    public boolean abandon(Lease lease) {
        return changeWhileProcessing(lease, held -> null);
    }

    @Override
    public void ping() {
        // This process is alive, otherwise nobody would call.
    }

    /** Notes the change of size of a record. Called within the atomic step that changes it. */
    private @Nullable MemoryRecord counted(@Nullable MemoryRecord before, @Nullable MemoryRecord after) {
        size.changed((after == null ? 0 : after.bytes()) - (before == null ? 0 : before.bytes()));
        return after;
    }

    private boolean changeWhileProcessing(Lease lease, Change change) {
        boolean[] changed = new boolean[1];
        records.asMap().computeIfPresent(lease.id(), (id, held) -> {
            changed[0] = held.answer() == null && held.request().owner().equals(lease.owner());
            return changed[0] ? counted(held, change.apply(held)) : held;
        });
        return changed[0];
    }

    private static boolean isAnswerOf(Lease lease, MemoryRecord held) {
        return held.answer() != null && held.request().owner().equals(lease.owner());
    }

    private interface Change {
        @Nullable
        MemoryRecord apply(MemoryRecord held);
    }
}
