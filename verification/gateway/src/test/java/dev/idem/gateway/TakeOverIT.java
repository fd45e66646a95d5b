package dev.idem.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.EngineStores;
import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.Policy;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.fingerprint.FingerprintRules;
import dev.idem.core.fingerprint.FingerprintedRequest;
import dev.idem.core.fingerprint.Fingerprinter;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.gateway.caller.CallerScope;
import dev.idem.gateway.route.ScopeRule;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.redis.RedisFastStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.jetty.http.HttpFields;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.UnifiedJedis;

/** A gateway died while its upstream executed a request: it is unknown whether the request was sent. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class TakeOverIT {
    private static final String ASKED = "  probe: { path: '/orders/by-key/{key}' }\n";
    private static final Policy BRIEF = new Policy(
            Duration.ofHours(1), Duration.ofSeconds(1), Duration.ZERO, OnStoreFailure.CLOSED, Consistency.FAST);

    private final String key = UUID.randomUUID().toString();
    private TestRedis redis;
    private TestDatabase database;
    private Upstream upstream;

    @BeforeEach
    void start(TestRedis testRedis, TestDatabase testDatabase) throws Exception {
        redis = testRedis;
        database = testDatabase;
        upstream = new Upstream();
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "release, 0, 201, 1",
        "hold, 0, 409, 0",
        "probe, 200, 200, 0",
        "probe, 404, 201, 1",
        "probe, 500, 409, 0"
    })
    void aRepeatDoesAsThePolicySays(String onUnknown, int probed, int status, int effects) throws Exception {
        upstream.will((asked, response, callback) -> {
            if (asked.method().equals("GET")) {
                response.setStatus(probed);
                Upstream.write(response, "probed", callback);
            } else {
                upstream.created(asked, response, callback);
            }
        });
        try (GatewayService service = new GatewayService(
                redis, database, """
                - prefix: /orders
                  upstream: %s
                  policy: { wait: 0s, lockTimeout: 1s, onUnknown: %s }
                %s""".formatted(upstream.url(), onUnknown, onUnknown.equals("probe") ? ASKED : ""))) {
            claimAndDie();
            Caller ann = Caller.of(service.port());
            await().until(() -> !ann.post(key, "{}").body().contains("request-in-progress"));
            HttpResponse<String> repeat = ann.post(key, "{}");

            assertThat(repeat.statusCode()).isEqualTo(status);
            assertThat(upstream.effects()).isEqualTo(effects);
        }
    }

    private void claimAndDie() {
        Scope ann = new CallerScope(new ScopeRule.Header("authorization"), Optional.empty())
                .scopeOf(HttpFields.build().put("Authorization", "Bearer ann"))
                .orElseThrow();
        FingerprintedRequest request = new FingerprintedRequest(
                "POST", "/orders", null, ann, "application/json", new TreeMap<>(), "{}".getBytes(UTF_8));
        try (UnifiedJedis jedis = RedisConnections.open(
                        (RedisTarget.External) RedisTarget.parse(redis.url(), null), RedisConnections.DEFAULT_TIMEOUT);
                IdempotencyEngine node = new IdempotencyEngine(
                        "dying",
                        new EngineStores(
                                new RedisFastStore(() -> jedis, redis.keyPrefix()),
                                new PostgresDurableStore(Jdbi.create(database.jdbcUrl())),
                                new MemoryStore(1 << 20, InstantSource.system()),
                                0),
                        0,
                        EngineListener.NONE)) {
            node.start();
            Claim claim = node.claim(
                    new RecordId(ann, key),
                    new Fingerprinter(FingerprintRules.USUAL).fingerprint(request),
                    BRIEF,
                    "POST /orders");
            assertThat(claim).isInstanceOf(Claim.Acquired.class);
        }
    }
}
