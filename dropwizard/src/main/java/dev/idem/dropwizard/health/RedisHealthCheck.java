package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.core.store.StoreUnavailableException;
import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Whether Redis is available and never evicts: after an eviction a repeat would execute. */
public final class RedisHealthCheck extends HealthCheck {
    private static final String KEEPS_ALL = "noeviction";

    private final Supplier<UnifiedJedis> redis;

    public RedisHealthCheck(Supplier<UnifiedJedis> redis) {
        this.redis = redis;
    }

    @Override
    protected Result check() throws IOException {
        try {
            return judge(redis.get().info("memory"));
        } catch (StoreUnavailableException | JedisException e) {
            return Result.unhealthy("Redis is unavailable (%s); PostgreSQL is authoritative meanwhile", e.getMessage());
        }
    }

    private static Result judge(String info) throws IOException {
        Properties memory = new Properties();
        memory.load(new StringReader(info));
        String policy = memory.getProperty("maxmemory_policy", KEEPS_ALL);
        boolean bounded = !memory.getProperty("maxmemory", "0").equals("0");
        return bounded && !policy.equals(KEEPS_ALL)
                ? Result.unhealthy(
                        "Redis may evict records (maxmemory-policy %s), and then repeats execute: set it to %s",
                        policy, KEEPS_ALL)
                : Result.healthy();
    }
}
