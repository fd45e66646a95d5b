package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.record.Consistency;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisFailures;
import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/** Whether Redis is available and never evicts: after an eviction a repeat would execute. */
public final class RedisHealthCheck extends HealthCheck {
    private static final String KEEPS_ALL = "noeviction";

    private final Supplier<UnifiedJedis> redis;
    private final Supplier<EngineStatus> status;

    /** @param status says which store is authoritative while Redis is unavailable */
    public RedisHealthCheck(Supplier<UnifiedJedis> redis, Supplier<EngineStatus> status) {
        this.redis = redis;
        this.status = status;
    }

    @Override
    protected Result check() throws IOException {
        try {
            return judge(
                    RedisFailures.translate(RedisStore.NAME, () -> redis.get().info("memory")));
        } catch (StoreUnavailableException e) {
            return Degraded.because("Redis is unavailable (" + e.getMessage() + "); "
                    + status.get().authoritativeStore(Consistency.FAST) + " is authoritative meanwhile");
        }
    }

    private static Result judge(String info) throws IOException {
        Properties memory = new Properties();
        memory.load(new StringReader(info));
        String policy = memory.getProperty("maxmemory_policy", KEEPS_ALL);
        boolean bounded = !memory.getProperty("maxmemory", "0").equals("0");
        return bounded && !policy.equals(KEEPS_ALL)
                ? Degraded.because("Redis may evict records (maxmemory-policy " + policy
                        + "), and then repeats execute: set it to " + KEEPS_ALL)
                : Result.healthy();
    }
}
