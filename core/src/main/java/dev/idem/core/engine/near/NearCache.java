package dev.idem.core.engine.near;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy.Eviction;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Answers in this process's memory, so that repeats call no store. It keeps only answers that a store has and that can
 * never change: none with a window, none with an unknown outcome. An answer stays as long as its store keeps it. When
 * an operator deletes any record, all answers are dropped. Bounded by bytes; the least used are evicted first, also
 * when other parts of the process need the memory. Thread-safe.
 */
public final class NearCache {
    /** The value of {@link Claim.Replay#store()} for an answer from here. */
    public static final String NAME = "near";

    /** About how many bytes an entry takes beside its texts and its body. */
    private static final int OVERHEAD = 400;

    private final boolean enabled;
    private final LongSupplier lent;
    private final Cache<RecordId, Entry> entries;
    private final Eviction<RecordId, Entry> size;
    private final AtomicLong era = new AtomicLong();

    /** @param lifeNanos counted from when it was put here */
    private record Entry(Fingerprint fingerprint, Claim.Replay replay, long lifeNanos) {}

    /**
     * When a store was called.
     *
     * @param era grows with each deletion that was noticed
     * @param nanoTime of {@link System#nanoTime()}
     */
    public record Asked(long era, long nanoTime) {}

    /**
     * @param maxBytes the largest capacity; 0 to keep nothing
     * @param lent the bytes that other parts of the process leave to this cache now; not more than {@code maxBytes}
     */
    public NearCache(long maxBytes, LongSupplier lent) {
        this.enabled = maxBytes > 0;
        this.lent = lent;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((RecordId id, Entry entry) -> weigh(id, entry))
                .expireAfter(Expiry.creating((RecordId id, Entry entry) -> Duration.ofNanos(entry.lifeNanos())))
                .build();
        this.size = entries.policy().eviction().orElseThrow();
    }

    /** Drops answers if other parts of the process need their memory, or grows again. */
    public void resize() {
        long now = lent.getAsLong();
        if (now != size.getMaximum()) {
            size.setMaximum(now);
        }
    }

    /** About how many bytes of memory the answers take. */
    public long bytes() {
        return size.weightedSize().orElse(0);
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** Empty says nothing about the record. */
    public Optional<Claim> find(ClaimRequest request) {
        if (!enabled || request.window().isPresent()) {
            return Optional.empty();
        }
        return Optional.ofNullable(entries.getIfPresent(request.id()))
                .filter(entry -> entry.fingerprint().equals(request.fingerprint()))
                .map(Entry::replay);
    }

    /** Call this before the store, and pass the result on with the store's answer. */
    public Asked asking() {
        return new Asked(era.get(), System.nanoTime());
    }

    /** Keeps a store's answer, if the store said for how long. */
    public void remember(ClaimRequest request, Claim.Replay replay, Asked asked) {
        if (enabled && replay.remaining().isPresent()) {
            keep(
                    request,
                    replay.answer(),
                    replay.completedAt(),
                    replay.remaining().get(),
                    asked);
        }
    }

    /** Keeps an answer that a store has stored. */
    public void remember(ClaimRequest request, Answer stored, Asked asked) {
        if (enabled) {
            keep(request, stored, Instant.now(), request.ttl(), asked);
        }
    }

    /** An answer that was deleted since the store was called must not return, and none may outlive the store's copy. */
    private void keep(ClaimRequest request, Answer answer, Instant completedAt, Duration life, Asked asked) {
        long lifeNanos = NANOSECONDS.convert(life) - (System.nanoTime() - asked.nanoTime());
        if (request.window().isPresent() || answer.equals(AnswerNotStored.OUTCOME_UNKNOWN) || lifeNanos <= 0) {
            return;
        }
        Claim.Replay kept = new Claim.Replay(answer, completedAt, NAME, Optional.empty());
        if (lent.getAsLong() < size.getMaximum()) {
            resize();
        }
        entries.put(request.id(), new Entry(request.fingerprint(), kept, lifeNanos));
        if (era.get() != asked.era()) {
            entries.invalidate(request.id());
        }
    }

    /** An operator has deleted a record. */
    public void clear() {
        era.incrementAndGet();
        entries.invalidateAll();
    }

    /** About how many answers there are. */
    public long size() {
        return entries.estimatedSize();
    }

    private static int weigh(RecordId id, Entry entry) {
        return OVERHEAD
                + 2 * (id.key().length() + id.scope().value().length())
                + Math.toIntExact(entry.replay().answer().bytes());
    }
}
