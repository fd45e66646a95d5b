package dev.idem.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Limits failures for each subject: so many within a period, then none until the first of them is older than the
 * period. Times are kept, because counts per fixed interval let twice as many through. Thread-safe.
 *
 * @param <S> what failures are counted for
 */
final class FailureWindow<S> {
    /** The most subjects that are kept; those that fail more often stay longer. */
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

    /** How long this subject must wait; empty if it need not. */
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
