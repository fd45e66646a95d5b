package dev.idem.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.dropwizard.Idempotent;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.hibernate.UnitOfWork;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an atomic method does through Hibernate is committed with its answer, or not at all. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HibernateIT {
    private final Shop shop;
    private String note = UUID.randomUUID().toString();
    private String key = UUID.randomUUID().toString();

    HibernateIT(TestRedis redis, TestDatabase database) throws Exception {
        shop = Shop.stocked(redis, database, null);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @AfterEach
    void nothingIsLeftOpenOrBound() throws Exception {
        await().untilAsserted(() -> assertThat(shop.openTransactions()).isZero());
        for (int i = 0; i < 10; i++) {
            assertThat(shop.send(shop.request("/shelf/x/bound"))).isEqualTo("false");
        }
        note = UUID.randomUUID().toString();
        key = UUID.randomUUID().toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/purchases/%s",
                "/shelf/%s/session",
                "/shelf/%s/later",
                "/shelf/%s/beside",
                "/shelf/%s/nested",
                "/shelf/%s/ordinary"
            })
    void aRepeatGetsTheFirstAnswerAndWritesNothing(String path) throws Exception {
        HttpResponse<String> first = shop.post(path.formatted(note), key);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertReplayed(path, first);
        assertThat(shop.purchases(note)).isEqualTo(1);
    }

    @Test
    void sessionHandleAndConnectionAreOneTransaction() throws Exception {
        assertThat(shop.post("/shelf/" + note + "/mixed", key).body()).isEqualTo("{\"seen\":2}");
        assertThat(shop.purchases(note)).isEqualTo(2);
    }

    @Test
    void racingRepeatsWriteOneRow() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> racing = Stream.generate(
                        () -> shop.postLater("/purchases/" + note, key))
                .limit(20)
                .toList();
        String first = racing.get(0).get().body();

        assertThat(racing).allSatisfy(answer -> assertThat(answer.get().body()).isEqualTo(first));
        assertThat(first).contains("\"items\":[\"book\",\"pen\"]");
        assertThat(shop.purchases(note)).isEqualTo(1);
    }

    @Test
    void nothingIsVisibleBeforeTheAnswerIsStored() throws Exception {
        CountDownLatch gate = shop.shelf().close();
        CompletableFuture<HttpResponse<String>> slow = shop.postLater("/shelf/" + note + "/slow", key);
        await().until(() -> shop.openTransactions() == 1);

        assertThat(shop.purchases(note)).isZero();
        gate.countDown();
        assertThat(slow.get().statusCode()).isEqualTo(200);
        assertThat(shop.purchases(note)).isEqualTo(1);
    }

    @Test
    void aLateOwnerIsRolledBack() throws Exception {
        CountDownLatch gate = shop.shelf().close();
        CompletableFuture<HttpResponse<String>> slow = shop.postLater("/shelf/" + note + "/slow", key);
        await().until(() -> shop.openTransactions() == 1);
        await().until(() -> takeOver() == 1);
        gate.countDown();

        assertThat(slow.get().statusCode()).as(slow.get().body()).isEqualTo(409);
        assertThat(shop.purchases(note)).isZero();
    }

    private int takeOver() {
        return shop.books().withHandle(handle -> handle.execute("""
                        UPDATE idempotency_records SET owner = gen_random_uuid(), fencing = fencing + 1, attempt = attempt + 1
                        WHERE key = ? AND state = 'processing'""", key));
    }

    @Test
    void whatIsLazyIsReadWhileTheAnswerIsWritten() throws Exception {
        String added = shop.post("/purchases/" + note, key).body();
        String path = "/shelf/" + note + "/lazy?id=" + added.replaceAll("\\D*(\\d+).*", "$1");
        String lazyKey = UUID.randomUUID().toString();

        assertThat(shop.post(path, lazyKey).body()).isEqualTo(added);
        assertThat(shop.post(path, lazyKey).body()).isEqualTo(added);
        assertThat(shop.send(shop.request(path).POST(BodyPublishers.noBody())))
                .as("without a key")
                .isEqualTo(added);
    }

    @Test
    void anAnswerThatIsTooLargeToStoreMayBeLazyToo() throws Exception {
        long id = shop.books().withHandle(handle -> handle.createQuery("""
                        WITH added AS (INSERT INTO purchases (note) VALUES (:note) RETURNING id),
                        items AS (INSERT INTO purchase_items
                            SELECT id, repeat('x', 100000) FROM added, generate_series(1, 12))
                        SELECT id FROM added""")
                .bind("note", note)
                .mapTo(Long.class)
                .one());
        String path = "/shelf/" + note + "/lazy?id=" + id;

        assertThat(shop.post(path, key).body()).hasSizeGreaterThan(1_200_000).endsWith("x\"]}");
        assertThat(shop.post(path, key).body()).contains("/problems/response-not-stored");
    }

    @Test
    void anAnswerAfterATimeoutIsCommittedWithWhatItsThreadHasWritten() throws Exception {
        CountDownLatch gate = shop.shelf().close();
        assertThat(shop.post("/shelf/" + note + "/late", key).statusCode()).isEqualTo(503);
        assertThat(shop.purchases(note)).isZero();
        gate.countDown();

        HttpResponse<String> repeat = shop.post("/shelf/" + note + "/late", key);
        assertThat(repeat.body()).isEqualTo("{\"late\":true}");
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(shop.purchases(note)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/violates", "/violates-later", "/refuses", "/nested/refuses"})
    void aFailureOfTheFlushIsTheMethodsAndOnlyItsAnswerIsKept(String path) throws Exception {
        HttpResponse<String> first = shop.post("/shelf/" + note + path, key);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(409);
        assertReplayed("/shelf/%s" + path, first);
        assertThat(shop.purchases(note)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/commits", "/closes", "/gives-up", "/loses"})
    void otherwiseNothingRemainsAndTheKeyIsFree(String path) throws Exception {
        HttpResponse<String> first = shop.post("/shelf/" + note + path, key);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(path.equals("/loses") ? 503 : 500);
        assertThat(shop.purchases(note)).isZero();
        assertThat(shop.post("/shelf/" + note + path, key).headers().map()).doesNotContainKey("Idempotent-Replayed");
        assertThat(shop.send(shop.request("/shelf/" + note + path).POST(BodyPublishers.noBody())))
                .as("without a key")
                .isNotEqualTo("{}");
        assertThat(shop.purchases(note)).isZero();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeStopsTheStart(Object resource, String said, TestRedis redis, TestDatabase database) {
        assertThatThrownBy(() -> Shop.stocked(redis, database, resource).close())
                .hasStackTraceContaining(said);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        new Commits(),
                        "is atomic and has @UnitOfWork, which commits before the answer is stored: remove @UnitOfWork"),
                Arguments.of(new NotAtomic(), "NotAtomic.pay(org.hibernate.Session) takes the request's transaction"));
    }

    @Path("/commits")
    public static final class Commits {
        @POST
        @Idempotent(atomic = true)
        @UnitOfWork("one")
        @UnitOfWork(value = "other", transactional = false)
        public void pay() {}
    }

    @Path("/not-atomic")
    public static final class NotAtomic {
        @POST
        @Idempotent
        @UnitOfWork
        public void pay(@Context Session session) {}
    }

    private void assertReplayed(String path, HttpResponse<String> first) throws Exception {
        HttpResponse<String> repeat = shop.post(path.formatted(note), key);

        assertThat(repeat.statusCode()).isEqualTo(first.statusCode());
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
    }
}
