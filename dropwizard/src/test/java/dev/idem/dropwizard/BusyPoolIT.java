package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.util.Pool;

/** Two nodes of one application whose own work occupies the connections that it shares with the layer. Both stores are well. */
@ExtendWith(ServersExtension.class)
final class BusyPoolIT {
    private static final int CONNECTIONS = 4;

    private static TestService one;
    private static TestService other;
    private static Jdbi records;
    private final List<AutoCloseable> taken = new ArrayList<>();

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        String settings = """
                policy: { consistency: strict, onStoreFailure: open, wait: 0s, lockTimeout: 1s }
                """;
        one = TestService.startWithPool(CONNECTIONS, redis, database, settings);
        other = TestService.startWithPool(CONNECTIONS, redis, database, settings);
        PGSimpleDataSource direct = new PGSimpleDataSource();
        direct.setUrl(database.jdbcUrl());
        records = Jdbi.create(direct);
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @AfterEach
    void free() throws Exception {
        for (AutoCloseable each : taken) {
            each.close();
        }
        taken.clear();
    }

    @Test
    void nothingDecidesInMemoryWhileAllConnectionsAreInUse() throws Exception {
        List<String> keys = Stream.generate(TestService::newKey).limit(5).toList();
        int before = effects();
        occupy(one);
        occupy(other);

        List<Answer> busy = sendToBoth(keys);

        assertThat(busy).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.retryAfter()).isEqualTo("1");
            assertThat(answer.body()).contains("/problems/overloaded");
        });
        assertThat(effects()).isEqualTo(before);
        assertStoreIsWell(one);

        free();
        assertThat(sendToBoth(keys)).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
        assertThat(sendToBoth(keys)).extracting(Answer::status).containsOnly(201);
        assertThat(effects()).isEqualTo(before + keys.size());
    }

    @Test
    void aRequestThatExecutesKeepsItsLeaseAndItsAnswerIsStored() throws Exception {
        String key = TestService.newKey();
        CountDownLatch gate = one.effects().close();
        int before = one.effects().count();
        CompletableFuture<?> first = one.sendLater(one.post("/effects/slow", key, "{}"));
        await().until(() -> one.effects().count() > before);
        occupy(one);
        String claimed = heartbeat(key);

        await().until(() -> !heartbeat(key).equals(claimed));
        assertThat(other.post("/effects/slow", key).statusCode()).isEqualTo(409);
        gate.countDown();
        first.get();

        assertThat(other.post("/effects/slow", key).headers().firstValue("Idempotent-Replayed"))
                .contains("true");
    }

    @Test
    void aBusyRedisClientEndsNoGeneration(TestRedis redis, TestDatabase database) throws Exception {
        try (TestService fast = TestService.start(redis, database, "consistency: fast")) {
            String key = TestService.newKey();
            assertThat(fast.post("/effects", TestService.newKey()).statusCode()).isEqualTo(201);
            await().until(() -> fast.admin("/prometheus").contains("idempotency_redis_trusted 1.0"));
            Pool<Connection> pool = fast.redis().getPool();
            for (int i = 0; i < pool.getMaxTotal(); i++) {
                taken.add(pool.getResource());
            }

            assertThat(fast.post("/effects", key).body()).contains("/problems/overloaded");
            assertThat(fast.admin("/prometheus")).contains("idempotency_redis_trusted 1.0");

            free();
            assertThat(fast.post("/effects", key).statusCode()).isEqualTo(201);
            assertThat(fast.effects().count()).isEqualTo(2);
        }
    }

    private List<Answer> sendToBoth(List<String> keys) {
        List<CompletableFuture<Answer>> sent = keys.stream()
                .flatMap(key -> Stream.of(one, other).map(node -> node.sendLater(node.post("/effects", key, "{}"))
                        .thenApply(response -> new Answer(
                                response.statusCode(),
                                response.headers().firstValue("Retry-After").orElse(""),
                                response.body()))))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private record Answer(int status, String retryAfter, String body) {}

    private void occupy(TestService node) throws Exception {
        for (int i = 0; i < CONNECTIONS; i++) {
            taken.add(node.database().getConnection());
        }
    }

    private static int effects() {
        return one.effects().count() + other.effects().count();
    }

    private static String heartbeat(String key) {
        return records.withHandle(
                handle -> handle.createQuery("SELECT heartbeat_at::text FROM idempotency_records WHERE key = ?")
                        .bind(0, key)
                        .mapTo(String.class)
                        .one());
    }

    private static void assertStoreIsWell(TestService node) throws Exception {
        assertThat(node.admin("/prometheus")).contains("idempotency_store_available{store=\"postgresql\"} 1.0");
        assertThat(node.admin("/healthcheck")).contains("\"idempotency-postgresql\":{\"healthy\":true");
    }
}
