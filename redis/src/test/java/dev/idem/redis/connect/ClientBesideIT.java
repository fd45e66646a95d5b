package dev.idem.redis.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.embedded.EphemeralRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** The layer's client beside that of an application, which waits for long and has few connections. */
final class ClientBesideIT {
    private static final int CONNECTIONS = 2;
    /** Asked for a PING each, they would take longer than the application's client. */
    private static final int RESTED = 30;

    private static final int PATIENCE_MILLIS = 4_000;

    private final EphemeralRedis server = EphemeralRedis.start();
    private final RedisTarget.External target = (RedisTarget.External) RedisTarget.parse(server.url(), null);
    private final RedisClient theirs = patient();
    private final ClientBeside beside = ClientBeside.forRequests(() -> theirs);
    private final List<Connection> taken = new ArrayList<>();

    private RedisClient patient() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        return RedisClient.builder()
                .hostAndPort(target.nodes().get(0))
                .poolConfig(pool)
                .clientConfig(DefaultJedisClientConfig.builder()
                        .user(target.credentials().user())
                        .password(target.credentials().password())
                        .database(3)
                        .timeoutMillis(PATIENCE_MILLIS)
                        .build())
                .build();
    }

    @AfterEach
    void close() {
        taken.forEach(Connection::close);
        beside.close();
        theirs.close();
        server.close();
    }

    @Test
    void itsConnectionsLeadWhereTheirsLead() {
        theirs.hset("h", Map.of("a", "1"));

        assertThat(beside.get()).isNotSameAs(theirs);
        assertThat(beside.get().hgetAll("h")).containsExactly(Map.entry("a", "1"));
        assertThat(beside.get().eval("return redis.call('DBSIZE')")).isEqualTo(1L);
    }

    @Test
    void itWorksWhileAllOfTheirsAreInUse() {
        for (int i = 0; i < CONNECTIONS; i++) {
            taken.add(theirs.getPool().getResource());
        }

        assertThat(beside.get().ping()).isEqualTo("PONG");
    }

    @Test
    void aServerThatHangsCostsNoMoreThanItsOwnTimeouts() throws Exception {
        RedisClient warm = (RedisClient) beside.get();
        warm.getPool().addObjects(RESTED);
        theirs.ping();
        await().until(() -> warm.getPool().listAllObjects().stream()
                .allMatch(each -> System.currentTimeMillis() - each.getLastReturnTime() > 150));
        try (ClientBeside cold = ClientBeside.forHeartbeats(() -> theirs)) {
            server.pause();
            CompletableFuture<String> patient = CompletableFuture.supplyAsync(theirs::ping);

            assertTimesOut(warm);
            assertTimesOut(cold.get());

            assertThat(patient).isNotDone();
        } finally {
            server.resume();
        }
        assertThat(beside.get().ping()).isEqualTo("PONG");
    }

    private static void assertTimesOut(UnifiedJedis client) {
        assertThatThrownBy(() -> RedisFailures.translate("redis", () -> client.eval("return 1")))
                .isInstanceOfSatisfying(StoreUnavailableException.class, failure -> assertThat(failure.reason())
                        .isEqualTo(UnavailableReason.TIMEOUT));
    }

    @Test
    void aClientThatKeepsTheLimitsItselfIsUsedAsItIs() {
        try (UnifiedJedis ours = RedisConnections.open(target, RedisConnections.DEFAULT_TIMEOUT);
                ClientBeside requests = ClientBeside.forRequests(() -> ours);
                ClientBeside heartbeats = ClientBeside.forHeartbeats(() -> ours)) {
            assertThat(requests.get()).isSameAs(ours);
            assertThat(heartbeats.get()).isNotSameAs(ours);
            assertThat(heartbeats.get().ping()).isEqualTo("PONG");
        }
    }
}
