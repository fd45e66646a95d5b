package dev.idem.service.auth;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Counts failed logins of each account and of each address: ten in any minute, then none until the first of them is a minute
 * old. Thread-safe.
 */
final class LoginThrottle {
    private static final int FAILURES = 10;
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int REMEMBERED = 100_000;

    private final InstantSource clock;
    private final LoadingCache<String, Failures> failures = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(PERIOD)
            .build(subject -> new Failures());

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** How long to wait before the next try; empty if it may be made now. */
    Optional<Duration> refusal(String email, String address) {
        Instant now = clock.instant();
        return failuresOf(email, address)
                .flatMap(log -> log.refusal(now).stream())
                .max(Duration::compareTo);
    }

    void failed(String email, String address) {
        Instant now = clock.instant();
        failuresOf(email, address).forEach(log -> log.add(now));
    }

    private Stream<Failures> failuresOf(String email, String address) {
        return Stream.of("account " + email.strip().toLowerCase(Locale.ROOT), "address " + address)
                .map(failures::get);
    }

    /** The latest failures of one subject, the oldest first. */
    private static final class Failures {
        private final Deque<Instant> latest = new ArrayDeque<>(FAILURES);

        synchronized Optional<Duration> refusal(Instant now) {
            if (latest.size() < FAILURES) {
                return Optional.empty();
            }
            Duration left = Duration.between(now, latest.getFirst().plus(PERIOD));
            return Optional.of(left).filter(wait -> wait.compareTo(Duration.ZERO) > 0);
        }

        synchronized void add(Instant now) {
            if (latest.size() == FAILURES) {
                latest.removeFirst();
            }
            latest.addLast(now);
        }
    }
}
