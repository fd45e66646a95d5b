package dev.idem.redis.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.EphemeralRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

@Timeout(60)
class RedisConnectionsIT {
    private static final Duration TIMEOUT = Duration.ofMillis(600);

    @Test
    void aServerWithAPasswordAnswers() {
        try (EphemeralRedis server = EphemeralRedis.start();
                UnifiedJedis redis = open(server)) {
            assertThat(redis.ping()).isEqualTo("PONG");
        }
    }

    @Test
    void aServerThatHangsCostsOneTimeOutAndNotTwo() {
        try (EphemeralRedis server = EphemeralRedis.start();
                UnifiedJedis redis = open(server)) {
            redis.ping();
            server.pause();

            long start = System.nanoTime();
            assertThatThrownBy(redis::ping).isInstanceOf(JedisConnectionException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(2));
            server.resume();
        }
    }

    @Test
    void aServerThatComesBackIsUsedAgain() {
        try (EphemeralRedis server = EphemeralRedis.start();
                UnifiedJedis redis = open(server)) {
            redis.ping();
            server.kill();
            assertThatThrownBy(redis::ping).isInstanceOf(JedisConnectionException.class);
            server.restart();

            assertThat(redis.ping()).isEqualTo("PONG");
        }
    }

    private static UnifiedJedis open(EphemeralRedis server) {
        return RedisConnections.open((RedisTarget.External) RedisTarget.parse(server.url(), null), TIMEOUT);
    }
}
