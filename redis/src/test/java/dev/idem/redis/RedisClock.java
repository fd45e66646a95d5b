package dev.idem.redis;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/** The time of a Redis server. */
public final class RedisClock {
    private RedisClock() {}

    public static Instant of(UnifiedJedis redis) {
        List<?> time = (List<?>) redis.eval("return redis.call('TIME')", List.of("any"), List.of());
        return Instant.ofEpochSecond(Long.parseLong((String) time.get(0)))
                .plus(Long.parseLong((String) time.get(1)), ChronoUnit.MICROS);
    }
}
