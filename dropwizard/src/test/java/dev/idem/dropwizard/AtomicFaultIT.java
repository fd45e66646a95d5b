package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Consistency;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.RedisRecords;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.UnifiedJedis;

/** Late owners, and servers that fail while an atomic method runs: one effect, or none and a free key. */
@ExtendWith(ServersExtension.class)
final class AtomicFaultIT {
    private static final int STORED_AT_MOST = 1_000;
    private static final String POLICY = "policy: { maxStoredBody: " + STORED_AT_MOST + "B }";

    private final String key = TestService.newKey();
    private final String note = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(strings = {"/slow?", "/bytes?size=10&", "/bytes?size=100000&"})
    void aLateOwnersEffectVanishesAndItsClientGetsTheSuccessorsAnswer(
            String place, TestRedis redis, TestDatabase database) throws Exception {
        String path = "/ledger" + place + "note=" + note;
        try (TestService late = start(redis, database);
                TestService successor = start(redis, database)) {
            Books books = Books.open(database.jdbcUrl());
            CountDownLatch gate = late.ledger().close();
            CompletableFuture<HttpResponse<String>> first = late.sendLater(late.post(path, key, "{}"));
            await().until(() -> books.openTransactions() == 1);
            loseRecord(redis);
            HttpResponse<String> second = successor.post(path, key);
            gate.countDown();

            assertThat(books.lines(note)).isEqualTo(1);
            if (place.contains("100000")) {
                assertThat(first.get().body()).contains("/problems/response-not-stored");
            } else {
                assertThat(first.get().statusCode()).isEqualTo(second.statusCode());
                assertThat(first.get().body()).isEqualTo(second.body());
                assertThat(first.get().headers().firstValue("Idempotent-Replayed"))
                        .contains("true");
            }
            assertThat(first.get().headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(late.admin("/prometheus")).contains("idempotency_fenced_total{route=\"POST /ledger");
            assertThat(late.post(path, key).statusCode()).isNotEqualTo(500);
            assertThat(books.lines(note)).isEqualTo(1);
        }
    }

    @Test
    void aLateOwnerWhoseSuccessorStillRunsIsToldSo(TestRedis redis, TestDatabase database) throws Exception {
        String strict = "{ consistency: strict, " + POLICY + " }";
        try (TestService service = TestService.start(redis, database, strict)) {
            Books books = Books.open(database.jdbcUrl());
            CountDownLatch gate = service.ledger().close();
            CompletableFuture<HttpResponse<String>> late = service.sendLater(service.post(slow(), key, "{}"));
            await().until(() -> books.openTransactions() == 1);
            books.takeOver(key);
            gate.countDown();

            assertThat(late.get().statusCode()).isEqualTo(409);
            assertThat(late.get().body()).contains("/problems/request-in-progress");
            assertThat(late.get().headers().firstValue("Retry-After")).contains("1");
            assertThat(late.get().headers().firstValue("Location")).isEmpty();
            assertThat(books.lines(note)).isZero();
            assertThat(books.states(key)).containsExactly("processing");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLostConnectionIsNoSuccessAndTheKeyIsFree(Consistency consistency, TestRedis redis, TestDatabase database)
            throws Exception {
        String configuration = "{ consistency: " + consistency + ", " + POLICY + " }";
        try (TestService service = TestService.start(redis, database, configuration)) {
            Books books = Books.open(database.jdbcUrl());
            CountDownLatch gate = service.ledger().close();
            CompletableFuture<HttpResponse<String>> first = service.sendLater(service.post(slow(), key, "{}"));
            CompletableFuture<HttpResponse<String>> withoutKey = service.sendLater(
                    service.request(slow()).POST(BodyPublishers.noBody()).build());
            await().until(() -> books.openTransactions() == 2);
            books.endOpenTransactions();
            gate.countDown();

            assertUnavailable(first.get());
            assertUnavailable(withoutKey.get());
            assertThat(books.lines(note)).isZero();
            await().untilAsserted(() -> assertThat(service.admin("/metrics"))
                    .contains("\"io.dropwizard.db.ManagedPooledDataSource.database.active\":{\"value\":0}"));
            assertThat(service.post(slow(), key).statusCode()).isEqualTo(201);
            assertThat(service.post(slow(), key).headers().firstValue("Idempotent-Replayed"))
                    .contains("true");
            assertThat(books.lines(note)).isEqualTo(1);
        }
    }

    @Test
    void aConnectionLostBetweenTwoStatementsOfTheMethodIsNoSuccessAndTheKeyIsFree(
            TestRedis redis, TestDatabase database) throws Exception {
        try (TestService service = start(redis, database)) {
            Books books = Books.open(database.jdbcUrl());
            String path = "/ledger/twice?note=" + note;
            CountDownLatch gate = service.ledger().close();
            CompletableFuture<HttpResponse<String>> first = service.sendLater(service.post(path, key, "{}"));
            CompletableFuture<HttpResponse<String>> withoutKey = service.sendLater(
                    service.request(path).POST(BodyPublishers.noBody()).build());
            await().until(() -> books.openTransactions() == 2);
            books.endOpenTransactions();
            gate.countDown();

            assertUnavailable(first.get());
            assertUnavailable(withoutKey.get());
            assertThat(first.get().headers().firstValue("Idempotency-Key")).contains(key);
            assertThat(books.lines(note)).isZero();
            assertThat(service.post(path, key).statusCode()).isEqualTo(201);
            assertThat(books.lines(note)).isEqualTo(2);
        }
    }

    /** Also where the policy stores server errors: this one is not the method's. */
    @Test
    void aStatementThatAnUnavailableServerRefusesIsAnsweredAsUnavailable(TestRedis redis, TestDatabase database)
            throws Exception {
        try (TestService service =
                TestService.start(redis, database, "policy: { storeServerErrors: true, onStoreFailure: closed }")) {
            Books books = Books.open(database.jdbcUrl());
            for (String state : List.of("25006", "53100", "55P03", "57014", "42501")) {
                HttpResponse<String> answer = service.post(refused(state), TestService.newKey());
                assertUnavailable(answer);
                assertThat(answer.body()).contains("rolled back; nothing took effect");
            }
            for (String state : List.of("40001", "40P01")) {
                HttpResponse<String> answer = service.post(refused(state), key);
                assertUnavailable(answer);
                assertThat(answer.body()).contains("conflicted with another one");
            }
            assertThat(service.post(refused("23505"), key).statusCode()).isEqualTo(500);
            assertThat(books.lines(note)).isZero();
            assertACommitThatConflictsIsRolledBackAndSaysSo(service, books);
        }
    }

    @Test
    void withoutPostgresqlNothingExecutesAndTheKeyIsFree(TestRedis redis) throws Exception {
        try (EphemeralPostgres postgres = EphemeralPostgres.start()) {
            TestDatabase database = new TestDatabase(postgres.createDatabase());
            try (TestService service = TestService.start(redis, database, POLICY)) {
                Books books = Books.open(database.jdbcUrl());
                postgres.kill();

                assertUnavailable(service.post(slow(), key));
                assertThat(service.ledger().entered()).isZero();
                assertThat(service.admin("/prometheus"))
                        .contains(counted("store_unavailable", 1), counted("executed", 0));
                postgres.restart();
                await().until(() -> service.post(slow(), key).statusCode() == 201);
                assertThat(books.lines(note)).isEqualTo(1);
            }
        }
    }

    @Test
    void redisLostWhileTheMethodRunsLeavesOneEffect(TestDatabase database) throws Exception {
        try (EphemeralRedis redis = EphemeralRedis.start();
                TestService service = TestService.start(redis.url(), "t:", database, POLICY)) {
            Books books = Books.open(database.jdbcUrl());
            CountDownLatch gate = service.ledger().close();
            CompletableFuture<HttpResponse<String>> first = service.sendLater(service.post(slow(), key, "{}"));
            await().until(() -> books.openTransactions() == 1);
            redis.kill();
            gate.countDown();

            assertThat(first.get().statusCode()).isEqualTo(201);
            HttpResponse<String> repeat = service.post(slow(), key);
            assertThat(repeat.body()).isEqualTo(first.get().body());
            assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
            assertThat(books.lines(note)).isEqualTo(1);
        }
    }

    private void assertACommitThatConflictsIsRolledBackAndSaysSo(TestService service, Books books) throws Exception {
        books.refuseCommits("40001");
        String fresh = TestService.newKey();
        String path = "/ledger?note=" + note;
        HttpResponse<String> first = service.post(path, fresh);
        HttpResponse<String> withoutKey =
                service.send(service.request(path).POST(BodyPublishers.noBody()).build());
        for (HttpResponse<String> answer : List.of(first, withoutKey)) {
            assertUnavailable(answer);
            assertThat(answer.body()).contains("conflicted with another one");
        }
        books.acceptCommits();
        assertThat(service.post(path, fresh).statusCode()).isEqualTo(201);
        assertThat(books.lines(note)).isEqualTo(1);
    }

    private static String counted(String outcome, int requests) {
        return "idempotency_requests_total{layer=\"key\",outcome=\"" + outcome + "\",route=\"POST /ledger/slow\"} "
                + requests + ".0";
    }

    private String refused(String state) {
        return "/ledger/refused/" + state + "?note=" + note;
    }

    private String slow() {
        return "/ledger/slow?note=" + note;
    }

    /** Like a Redis that was emptied, or that let another owner take over. */
    private void loseRecord(TestRedis redis) throws Exception {
        try (UnifiedJedis client = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(redis.url(), null), RedisConnections.DEFAULT_TIMEOUT)) {
            RecordId id = new RecordId(new Scope("user:ann"), key);
            assertThat(new RedisRecords(() -> client, redis.keyPrefix()).delete(id))
                    .isTrue();
        }
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("/problems/store-unavailable", "\"retryable\":true");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    private static TestService start(TestRedis redis, TestDatabase database) throws Exception {
        return TestService.start(redis, database, POLICY);
    }
}
