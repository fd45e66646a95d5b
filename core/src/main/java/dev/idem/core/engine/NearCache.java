package dev.idem.core.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.idem.core.record.Answer;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers in this process's memory, for repeats that then ask no store. Kept is only what a store has and what can never
 * change: no answer with a window, and no unknown outcome. Each for as long as its store keeps it, and all no longer than until
 * an operator deletes any record. Bounded by bytes; the least used go first. Thread-safe.
 */
final class NearCache {
    /** What {@link Claim.Replay#store()} says of an answer from here. */
    static final String NAME = "near";

    /** What an entry takes beside its texts and its body, about. */
    private static final int OVERHEAD = 400;

    private final boolean enabled;
    private final Cache<RecordId, Entry> entries;
    private final AtomicLong era = new AtomicLong();

    /** @param lifeNanos from when it was kept */
    private record Entry(Fingerprint fingerprint, Claim.Replay replay, long lifeNanos) {}

    /** @param maxBytes the most that it may hold; 0 to keep nothing */
    NearCache(long maxBytes) {
        this.enabled = maxBytes > 0;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((RecordId id, Entry entry) -> weigh(id, entry))
                .expireAfter(Expiry.creating((RecordId id, Entry entry) -> Duration.ofNanos(entry.lifeNanos())))
                .build();
    }

    boolean isEnabled() {
        return enabled;
    }

    /** Empty says nothing. */
    Optional<Claim> find(ClaimRequest request) {
        if (!enabled || request.window().isPresent()) {
            return Optional.empty();
        }
        return Optional.ofNullable(entries.getIfPresent(request.id()))
                .filter(entry -> entry.fingerprint().equals(request.fingerprint()))
                .map(Entry::replay);
    }

    /** What {@link #remember} is to be given: to be read before the store is asked. */
    long era() {
        return era.get();
    }

    /**
     * Keeps an answer.
     *
     * @param life how much longer a store keeps it at least
     * @param before the {@link #era()} before the store was asked: of what was deleted since, nothing must come back
     */
    void remember(ClaimRequest request, Claim.Replay replay, Duration life, long before) {
        if (!enabled
                || request.window().isPresent()
                || replay.answer().equals(AnswerNotStored.OUTCOME_UNKNOWN)
                || life.isNegative()
                || life.isZero()) {
            return;
        }
        Claim.Replay kept = new Claim.Replay(replay.answer(), replay.completedAt(), NAME, Optional.empty());
        entries.put(request.id(), new Entry(request.fingerprint(), kept, life.toNanos()));
        if (era.get() != before) {
            entries.invalidate(request.id());
        }
    }

    /** An operator has deleted something. */
    void clear() {
        era.incrementAndGet();
        entries.invalidateAll();
    }

    /** How many answers there are, about. */
    long size() {
        return entries.estimatedSize();
    }

    private static int weigh(RecordId id, Entry entry) {
        return OVERHEAD
                + 2 * (id.key().length() + id.scope().value().length())
                + weigh(entry.replay().answer());
    }

    private static int weigh(Answer answer) {
        return answer instanceof RecordedResponse response
                ? response.body().length
                        + response.headers().stream()
                                .mapToInt(header -> OVERHEAD / 4
                                        + header.name().length()
                                        + header.value().length())
                                .sum()
                : 0;
    }
}
