package dev.idem.redis.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Against a server that accepts connections and never replies, as a hanging Redis does. */
@Timeout(10)
class RedisConnectionsTest {
    private static final Duration TIMEOUT = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofSeconds(2);

    private final ServerSocket silent;

    RedisConnectionsTest() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        silent.close();
    }

    @Test
    void aSingleServerIsNotContactedBeforeTheFirstCommand() {
        try (UnifiedJedis redis = open("redis://127.0.0.1:" + silent.getLocalPort(), "standalone")) {
            assertThat(redis).isNotNull();
        }
    }

    @Test
    void aSilentServerIsWaitedForNoLongerThanTheTimeOut() {
        try (UnifiedJedis redis = open("redis://127.0.0.1:" + silent.getLocalPort(), "standalone")) {
            long start = System.nanoTime();
            assertThatThrownBy(redis::ping).isInstanceOf(JedisConnectionException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        }
    }

    @Test
    void aSilentServerIsNoBetterWithTls() {
        try (UnifiedJedis redis = open("rediss://127.0.0.1:" + silent.getLocalPort(), "standalone")) {
            long start = System.nanoTime();
            assertThatThrownBy(redis::ping).isInstanceOf(JedisConnectionException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        }
    }

    @Test
    void aClusterOfWhichNoNodeAnswersIsUnavailable() {
        assertThatThrownBy(() -> open("redis://127.0.0.1:" + silent.getLocalPort(), "cluster"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("redis: ");
    }

    @Test
    void sentinelsOfWhichNoneAnswersAreUnavailable() {
        assertThatThrownBy(() -> open("redis://127.0.0.1:" + silent.getLocalPort() + "?master=m", "sentinel"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("redis: ");
    }

    @Test
    void absentSentinelsAreRefusedForTheCauseOfOneOfThem() {
        assertThatThrownBy(() -> open("redis://127.0.0.1:1?master=m,redis://127.0.0.1:2", "sentinel"))
                .isInstanceOfSatisfying(StoreUnavailableException.class, absent -> assertThat(absent.reason())
                        .isEqualTo(UnavailableReason.REFUSED));
    }

    @Test
    void aTimeOutOfNothingIsRefused() {
        assertThatThrownBy(() -> new RedisConnections(Duration.ZERO, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static UnifiedJedis open(String url, String mode) {
        return RedisConnections.open((RedisTarget.External) RedisTarget.parse(url, mode), TIMEOUT);
    }
}
