package dev.idem.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The failures of each of many subjects: so many within a period, then none until the first of them is that old. The times
 * themselves are kept, since counts of fixed intervals let twice as many pass. Thread-safe.
 *
 * @param <S> what failures are counted for
 */
final class FailureWindow<S> {
    /** As many subjects at most; those that fail more often stay longer. */
    private static final int REMEMBERED = 20_000;

    private final int limit;
    private final Duration period;
    private final Cache<S, Latest> subjects;

    FailureWindow(int limit, Duration period) {
        this.limit = limit;
        this.period = period;
        this.subjects = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(period)
                .build();
    }

    /** How long this one has to wait; empty if it need not. */
    Optional<Duration> refusal(S subject, Instant now) {
        return Optional.ofNullable(subjects.getIfPresent(subject)).flatMap(latest -> latest.refusal(now));
    }

    void add(S subject, Instant now) {
        subjects.get(subject, unknown -> new Latest()).add(now);
    }

    /** The oldest first. */
    private final class Latest {
        private final Deque<Instant> times = new ArrayDeque<>();

        synchronized Optional<Duration> refusal(Instant now) {
            if (times.size() < limit) {
                return Optional.empty();
            }
            Duration left = Duration.between(now, times.getFirst().plus(period));
            return Optional.of(left).filter(wait -> wait.compareTo(Duration.ZERO) > 0);
        }

        synchronized void add(Instant now) {
            if (times.size() == limit) {
                times.removeFirst();
            }
            times.addLast(now);
        }
    }
}
