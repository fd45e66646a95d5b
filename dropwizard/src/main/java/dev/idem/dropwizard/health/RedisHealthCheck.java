package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.record.Consistency;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisFailures;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * Whether Redis takes writes, as the engine's last probe has seen it, and never evicts: after an eviction a repeat would
 * execute.
 */
public final class RedisHealthCheck extends HealthCheck {
    private static final String KEEPS_ALL = "noeviction";

    private final Supplier<UnifiedJedis> redis;
    private final Supplier<EngineStatus> status;

    public RedisHealthCheck(Supplier<UnifiedJedis> redis, Supplier<EngineStatus> status) {
        this.redis = redis;
        this.status = status;
    }

    @Override
    protected Result check() throws IOException {
        EngineStatus now = status.get();
        Optional<StoreUnavailableException> failure = now.redis().failure();
        if (failure.isPresent()) {
            return Degraded.because("Redis", failure.get());
        }
        Optional<String> evicting = evicting();
        return evicting.isPresent()
                ? Degraded.because(evicting.get())
                : Result.healthy(now.authoritativeStore(Consistency.FAST) + " is authoritative on fast routes");
    }

    /** What is wrong with its eviction; empty also if it does not say how it evicts, as a user without INFO finds, or was not asked. */
    private Optional<String> evicting() throws IOException {
        Properties memory = new Properties();
        try {
            memory.load(new StringReader(
                    RedisFailures.translate(RedisStore.NAME, () -> redis.get().info("memory"))));
        } catch (StoreUnavailableException e) {
            if (e.reason() == UnavailableReason.PERMISSION || e.isBusy()) {
                return Optional.empty();
            }
            return Optional.of("Redis does not say how it evicts (" + e.why() + ").");
        }
        String policy = memory.getProperty("maxmemory_policy", KEEPS_ALL);
        boolean bounded = !memory.getProperty("maxmemory", "0").equals("0");
        return bounded && !policy.equals(KEEPS_ALL)
                ? Optional.of("Redis may evict records (maxmemory-policy " + policy
                        + "), and then repeats execute: set it to " + KEEPS_ALL)
                : Optional.empty();
    }
}
