package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.Policy;
import dev.idem.core.fingerprint.FingerprintRules;
import dev.idem.core.fingerprint.FingerprintedRequest;
import dev.idem.core.fingerprint.Fingerprinter;
import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.postgres.PostgresJournalWriter;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

/** The effects of a route's policy and of the layer's settings. */
@ExtendWith(ServersExtension.class)
final class PolicyIT {
    private final String key = TestService.newKey();

    @Test
    void aRepeatThatMayNotWaitIsToldToComeAgain(TestRedis redis, TestDatabase database) throws Exception {
        try (TestService service = start(redis, database, "policy: { wait: 0s }")) {
            CountDownLatch gate = service.effects().close();
            CompletableFuture<HttpResponse<String>> first = service.sendLater(service.post("/effects/slow", key, "{}"));
            await().until(() -> service.effects().count() > 0);
            HttpResponse<String> repeat = service.post("/effects/slow", key);

            assertThat(repeat.statusCode()).isEqualTo(409);
            assertThat(repeat.headers().firstValue("Retry-After")).contains("1");
            assertThat(repeat.body()).contains("request-in-progress", "\"retryable\":true", key);
            gate.countDown();
            assertThat(first.get().body()).isEqualTo("effect 1");
            assertThat(service.post("/effects/slow", key).body()).isEqualTo("effect 1");
        }
    }

    @Test
    void aRouteMayRequireAKey(TestRedis redis, TestDatabase database) throws Exception {
        try (TestService service = start(redis, database, "policy: { keyRequired: true }")) {
            HttpResponse<String> answer = service.send(service.request("/effects")
                    .POST(BodyPublishers.ofString("{}"))
                    .build());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("/problems/key-missing");
            assertThat(answer.headers().firstValue("Link")).contains("</problems/key-missing>; rel=\"describedby\"");
            assertThat(service.effects().count()).isZero();
        }
    }

    @Test
    void aRouteMayStoreServerErrors(TestRedis redis, TestDatabase database) throws Exception {
        try (TestService service = start(redis, database, "policy: { storeServerErrors: true }")) {
            service.post("/effects/status/503", key);

            assertThat(service.post("/effects/status/503", key).body()).isEqualTo("effect 1");
        }
    }

    @Test
    void aRouteMayKeepLargeAnswersInFewerBytes(TestRedis redis, TestDatabase database) throws Exception {
        try (TestService service = start(redis, database, "policy: { compressAbove: 1KiB }")) {
            HttpResponse<String> first = service.post("/effects/bytes?size=20000", key);
            HttpResponse<String> repeat = service.post("/effects/bytes?size=20000", key);

            assertThat(first.body()).hasSize(20_000);
            assertThat(repeat.body()).isEqualTo(first.body());
            assertThat(service.effects().count()).isEqualTo(1);
            await().until(() ->
                    storedBytes(database).filter(bytes -> bytes < 2_000).isPresent());
        }
    }

    /** Of the only record's answer, which reaches PostgreSQL a moment after Redis. */
    private static Optional<Integer> storedBytes(TestDatabase database) {
        return Jdbi.create(database.jdbcUrl())
                .withHandle(handle -> handle.createQuery("SELECT octet_length(answer) FROM idempotency_records")
                        .mapTo(Integer.class)
                        .findOne());
    }

    @Test
    void switchedOffTheLayerIsNotThere(TestRedis redis, TestDatabase database) throws Exception {
        String off = "enabled: false";
        try (TestService service = TestService.start(redis, database, off)) {
            service.post("/effects", key);
            service.post("/effects", key);
            service.post("/effects", "abc");

            assertThat(service.effects().count()).isEqualTo(3);
        }
    }

    @Test
    void onlyThePlatformsThatAreInAreProtected(TestRedis redis, TestDatabase database) throws Exception {
        String ios = "rollout: { platforms: [ios] }";
        try (TestService service = TestService.start(redis, database, ios)) {
            HttpRequest onIos = HttpRequest.newBuilder(service.post("/effects", key, "{}"), (name, value) -> true)
                    .header("X-Client-Platform", "iOS")
                    .build();
            service.send(onIos);
            service.send(onIos);
            service.post("/effects", key);
            service.post("/effects", key);

            assertThat(service.effects().count()).isEqualTo(3);
        }
    }

    @Test
    void aDeadOwnersKeyIsTakenOver(TestRedis redis, TestDatabase database) throws Exception {
        String oneSecond = "policy: { wait: 20s, lockTimeout: 1s }";
        try (TestService service = start(redis, database, oneSecond);
                UnifiedJedis client = RedisConnections.open(
                        (RedisTarget.External) RedisTarget.parse(redis.url(), null),
                        RedisConnections.DEFAULT_TIMEOUT)) {
            claimAndDie(
                    new RedisStore(() -> client, redis.keyPrefix(), () -> trusted(database)),
                    new Yaml(oneSecond)
                            .as(IdempotencyConfiguration.class)
                            .rules()
                            .usual()
                            .engine(),
                    database);

            assertThat(service.post("/effects", key).statusCode()).isEqualTo(201);
            assertThat(service.effects().count()).isEqualTo(1);
            assertThat(service.admin("/prometheus"))
                    .contains("idempotency_stale_locks_recovered_total{route=\"POST /effects\",store=\"redis\"} 1.0");
        }
    }

    @Test
    void theTaskFreesADeadOwnersKey(TestRedis redis, TestDatabase database) throws Exception {
        String oneSecond = "policy: { wait: 0s, lockTimeout: 1s }";
        try (TestService service = start(redis, database, oneSecond);
                UnifiedJedis client = RedisConnections.open(
                        (RedisTarget.External) RedisTarget.parse(redis.url(), null),
                        RedisConnections.DEFAULT_TIMEOUT)) {
            claimAndDie(
                    new RedisStore(() -> client, redis.keyPrefix(), () -> trusted(database)),
                    new Yaml(oneSecond)
                            .as(IdempotencyConfiguration.class)
                            .rules()
                            .usual()
                            .engine(),
                    database);

            await().untilAsserted(() -> assertThat(service.task("clear-stale?older-than=1s&dry-run=true"))
                    .contains("redis: would clear 1"));
            assertThat(service.task("clear-stale?older-than=1s&dryrun=true")).contains("nothing was done", "[dryrun]");
            assertThat(service.task("clear-stale?older-than=1s&dry-run=yes"))
                    .contains("nothing was done", "dry-run must be true or false");
            assertThat(service.task("clear-stale?older-than=1s")).contains("redis: cleared 1");
            assertThat(service.post("/effects/context", key).body()).contains("\"attempt\":1");
        }
    }

    /** The generation of Redis after the service's start. */
    private static Optional<Generation> trusted(TestDatabase database) {
        TrustRow.State state = new PostgresTrustRow(Jdbi.create(database.jdbcUrl()), "test").read();
        return state.trusted() ? Optional.of(state.generation()) : Optional.empty();
    }

    /** Like a first request to {@code /effects} that is never answered. */
    private static void journal(TestDatabase database, Lease lease) {
        new PostgresJournalWriter(Jdbi.create(database.jdbcUrl())).merge(List.of(JournalEntry.claimed(lease)));
    }

    private void claimAndDie(IdempotencyStore store, Policy policy, TestDatabase database) {
        Scope ann = new Scope("user:ann");
        Fingerprint fingerprint = new Fingerprinter(FingerprintRules.USUAL)
                .fingerprint(new FingerprintedRequest(
                        "POST",
                        "/effects",
                        null,
                        ann,
                        "application/json",
                        new TreeMap<>(),
                        "{}".getBytes(StandardCharsets.UTF_8)));
        Claim claim = store.claim(new ClaimRequest(
                new RecordId(ann, key),
                fingerprint,
                UUID.randomUUID(),
                policy.lockTimeout(),
                policy.ttl(),
                new ClaimOrigin("dead", "POST /effects")));
        assertThat(claim).isInstanceOfSatisfying(Claim.Acquired.class, acquired -> journal(database, acquired.lease()));
    }

    @Test
    void aRequestInFlightIsAnsweredAndStoredWhileTheServiceStops(TestRedis redis, TestDatabase database)
            throws Exception {
        TestService stopping = TestService.startPatient(redis, database);
        CountDownLatch gate = stopping.effects().close();
        CompletableFuture<HttpResponse<String>> inFlight =
                stopping.sendLater(stopping.post("/effects/slow", key, "{}"));
        await().until(() -> stopping.effects().count() > 0);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
        await().until(stopping::refusesConnections);
        gate.countDown();

        assertThat(inFlight.get().body()).isEqualTo("effect 1");
        stopped.get();
        try (TestService next = start(redis, database, "{}")) {
            assertThat(next.post("/effects/slow", key).headers().firstValue("Idempotent-Replayed"))
                    .contains("true");
        }
    }

    @Test
    void whenRedisIsKilledPostgresqlDecides(TestDatabase database) throws Exception {
        try (EphemeralRedis redis = EphemeralRedis.start();
                TestService service = TestService.start(redis.url(), "t:", database, "{}")) {
            service.post("/effects", TestService.newKey());
            redis.kill();
            for (int i = 0; i < 10; i++) {
                String after = TestService.newKey();
                HttpResponse<String> first = service.post("/effects", after);
                HttpResponse<String> repeat = service.post("/effects", after);
                assertThat(first.statusCode()).isEqualTo(201);
                assertThat(repeat.body()).isEqualTo(first.body());
            }

            assertThat(service.effects().count()).isEqualTo(11);
            await().untilAsserted(
                            () -> assertThat(service.admin("/healthcheck")).contains("Redis is unavailable"));
            await().untilAsserted(() -> assertThat(service.admin("/prometheus"))
                    .contains("idempotency_store_available{store=\"redis\"} 0.0", "idempotency_redis_trusted 0.0"));
        }
    }

    @Test
    void strictAsksPostgresqlAlone(TestDatabase database) throws Exception {
        String strict = "consistency: strict";
        try (EphemeralRedis redis = EphemeralRedis.start();
                TestService service = TestService.start(redis.url(), "t:", database, strict)) {
            HttpResponse<String> first = service.post("/effects", key);
            redis.kill();

            assertThat(service.post("/effects", key).body()).isEqualTo(first.body());
            assertThat(service.effects().count()).isEqualTo(1);
        }
    }

    @Test
    void withBothStoresGoneAnOpenRouteExecutesOncePerProcess() throws Exception {
        try (EphemeralRedis redis = EphemeralRedis.start();
                EphemeralPostgres postgres = EphemeralPostgres.start();
                TestService service = TestService.start(
                        redis.url(),
                        "t:",
                        new TestDatabase(postgres.createDatabase()),
                        "policy: { onStoreFailure: open }")) {
            redis.kill();
            postgres.kill();

            assertThat(service.post("/effects", key).statusCode()).isEqualTo(201);
            assertThat(service.post("/effects", key).headers().firstValue("Idempotent-Replayed"))
                    .contains("true");
            assertThat(service.effects().count()).isEqualTo(1);
        }
    }

    @Test
    void withBothStoresGoneAClosedRouteExecutesNothing() throws Exception {
        try (EphemeralRedis redis = EphemeralRedis.start();
                EphemeralPostgres postgres = EphemeralPostgres.start();
                TestService service = TestService.start(
                        redis.url(),
                        "t:",
                        new TestDatabase(postgres.createDatabase()),
                        "policy: { onStoreFailure: closed }")) {
            redis.kill();
            postgres.kill();
            HttpResponse<String> answer = service.post("/effects", key);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.body())
                    .contains("/problems/store-unavailable", "PostgreSQL is unavailable, which decides while Redis");
            assertThat(service.effects().count()).isZero();
        }
    }

    private static TestService start(TestRedis redis, TestDatabase database, String idempotency) throws Exception {
        return TestService.start(redis, database, idempotency);
    }
}
