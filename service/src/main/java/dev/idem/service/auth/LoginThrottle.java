package dev.idem.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Counts failed logins: 10 in any minute for an account from one place, 100 for a place, and 100 in any hour for an
 * account from all places. The last limit is for guesses from many places. It does not apply where the account's owner
 * has logged in before, so that strangers cannot lock users out of their usual places. Thread-safe.
 */
final class LoginThrottle {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration KNOWN_FOR = Duration.ofDays(30);
    private static final int KNOWN_PLACES = 100_000;

    private final InstantSource clock;
    private final FailureWindow<LoginAttempt> accountsInPlaces = new FailureWindow<>(10, MINUTE);
    private final FailureWindow<InetAddress> places = new FailureWindow<>(100, MINUTE);
    private final FailureWindow<String> accounts = new FailureWindow<>(100, HOUR);
    private final Cache<LoginAttempt, Boolean> known = Caffeine.newBuilder()
            .maximumSize(KNOWN_PLACES)
            .expireAfterWrite(KNOWN_FOR)
            .build();

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** How long to wait before the next attempt; empty if it may be made now. */
    Optional<Duration> refusal(LoginAttempt attempt) {
        Instant now = clock.instant();
        Optional<Duration> ofAccount =
                known.getIfPresent(attempt) == null ? accounts.refusal(attempt.account(), now) : Optional.empty();
        return Stream.of(accountsInPlaces.refusal(attempt, now), places.refusal(attempt.place(), now), ofAccount)
                .flatMap(Optional::stream)
                .max(Duration::compareTo);
    }

    void failed(LoginAttempt attempt) {
        Instant now = clock.instant();
        accountsInPlaces.add(attempt, now);
        places.add(attempt.place(), now);
        accounts.add(attempt.account(), now);
    }

    /** Resets nothing: the owner of one account could go on guessing others. */
    void succeeded(LoginAttempt attempt) {
        known.put(attempt, true);
    }
}
