package dev.idem.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.process.Processes;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EphemeralServersIT {

    private final EphemeralRedis redis = EphemeralRedis.start();
    private final EphemeralPostgres postgres = EphemeralPostgres.start();

    @BeforeEach
    void startAgain() {
        redis.restart();
    }

    @AfterAll
    void stop() {
        redis.close();
        postgres.close();
    }

    @Test
    void aKilledRedisRestartsEmptyOnTheSamePort() {
        Stored.inRedis(redis.url(), "lost");
        String url = redis.url();
        redis.kill();
        assertThatThrownBy(() -> Stored.readRedis(url)).isInstanceOf(JedisConnectionException.class);

        redis.restart();

        assertThat(redis.url()).isEqualTo(url);
        assertThat(Stored.readRedis(url)).isNull();
    }

    @Test
    void aDurableRedisKeepsItsDataOverAStop() {
        try (EphemeralRedis durable = EphemeralRedis.startDurable()) {
            Stored.inRedis(durable.url(), "kept");
            durable.restart();
            assertThat(Stored.readRedis(durable.url())).isEqualTo("kept");
        }
    }

    @Test
    void aPausedRedisAnswersNothingUntilItIsResumed() {
        redis.pause();
        assertThatThrownBy(() -> pingImpatiently(redis.port())).isInstanceOf(JedisConnectionException.class);
        redis.resume();

        Stored.inRedis(redis.url(), "there");
        assertThat(Stored.readRedis(redis.url())).isEqualTo("there");
    }

    @Test
    void redisRefusesStrangers() {
        try (Jedis stranger = new Jedis("127.0.0.1", redis.port())) {
            assertThatThrownBy(stranger::ping)
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("NOAUTH");
        }
    }

    @Test
    void postgresRefusesStrangers() {
        String withoutPassword = postgres.jdbcUrl().replaceFirst("password=.*", "password=guess");
        assertThatThrownBy(() -> Stored.readPostgres(withoutPassword))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void aKilledPostgresRestartsWithItsDataOnTheSamePort() throws SQLException {
        String database = postgres.createDatabase();
        Stored.inPostgres(database, "kept");

        postgres.kill();
        postgres.restart();

        assertThat(Stored.readPostgres(database)).isEqualTo("kept");
    }

    @Test
    void closingStopsTheProcessEvenIfItIsPaused() {
        EphemeralRedis paused = EphemeralRedis.start();
        ProcessHandle process = ProcessHandle.of(paused.pid()).orElseThrow();
        paused.pause();
        paused.close();
        assertThat(Processes.isGone(process)).isTrue();
    }

    private static void pingImpatiently(int port) {
        try (Jedis client = new Jedis(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder().socketTimeoutMillis(100).build())) {
            client.ping();
        }
    }
}
