package dev.idem.service.auth;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Counts failed logins of each account and of each address: ten in a minute, then none for a while. Thread-safe. */
final class LoginThrottle {
    private static final int FAILURES = 10;
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int REMEMBERED = 100_000;

    private final LoadingCache<String, Bucket> failuresLeft = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(PERIOD.multipliedBy(2))
            .build(subject -> Bucket.builder()
                    .addLimit(limit -> limit.capacity(FAILURES).refillIntervally(FAILURES, PERIOD))
                    .build());

    /** How long to wait before the next try; empty if it may be made now. */
    Optional<Duration> refusal(String email, String address) {
        return buckets(email, address).stream()
                .map(bucket -> bucket.estimateAbilityToConsume(1))
                .filter(estimate -> !estimate.canBeConsumed())
                .map(estimate -> Duration.ofNanos(estimate.getNanosToWaitForRefill()))
                .max(Duration::compareTo);
    }

    void failed(String email, String address) {
        buckets(email, address).forEach(bucket -> bucket.tryConsume(1));
    }

    private List<Bucket> buckets(String email, String address) {
        return List.of(
                failuresLeft.get("account " + email.strip().toLowerCase(Locale.ROOT)),
                failuresLeft.get("address " + address));
    }
}
