package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.idem.accounts.Role;
import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/**
 * What callers get while PostgreSQL ends sessions, is read-only, or is gone: 503 at the worst, which says when to come back, and
 * one line in the log for each.
 */
@ExtendWith(ServersExtension.class)
final class DatabaseOutageIT {
    private static final String ADMIN = "admin@example.org";
    private static final String OUTAGES = "dev.idem.core.engine.breaker.OutageLog";
    private static final int AT_ONCE = 12;
    private static EphemeralPostgres postgres;
    private static TestRedis redis;
    private static TestDatabase place;
    private static RunningService service;
    private static Jdbi database;
    private static Api api;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    @BeforeAll
    static void start(TestRedis shared) throws Exception {
        postgres = EphemeralPostgres.start();
        redis = shared;
        place = new TestDatabase(postgres.createDatabase());
        service = new RunningService(redis, place);
        service.users().add(ADMIN, RunningService.PASSWORD, Role.ADMIN);
        database = Tables.thereIn(place);
        api = service.api();
    }

    @AfterAll
    static void stop() {
        service.close();
        postgres.close();
    }

    /** The outage of the test before is over when the service has noticed it. */
    @BeforeEach
    void listen() {
        await().until(() ->
                api.tryLogin(RunningService.ANN, RunningService.PASSWORD).statusCode() == 200);
        await().until(() -> share(token(RunningService.ANN)).statusCode() == 201);
        log.start();
        root.addAppender(log);
    }

    /** But for the one line of an outage that only an operator ends, if a probe meets it. */
    @AfterEach
    void noErrorWasLogged() {
        root.detachAppender(log);
        assertThat(log.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.ERROR))
                .filteredOn(line -> !line.getLoggerName().equals(OUTAGES))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }

    /** A new one each time: a known token is believed for five seconds. */
    private static String token(String user) throws Exception {
        return api.login(user, RunningService.PASSWORD);
    }

    @Test
    void sessionsThatTheServerHasEndedAreNotNoticed() throws Exception {
        String ann = token(RunningService.ANN);
        for (int i = 0; i < 3; i++) {
            assertThat(share(ann).statusCode()).isEqualTo(201);
            endSessions();
            assertThat(share(ann).statusCode()).isEqualTo(201);
            endSessions();
            assertThat(api.get(ann, "/api/v1/shares").statusCode()).isEqualTo(200);
            endSessions();
            ann = token(RunningService.ANN);
        }
    }

    @Test
    void aReadOnlyDatabaseIsReadAndRefusesShares() throws Exception {
        String ann = token(RunningService.ANN);
        readOnly("on");

        assertThat(api.get(ann, "/api/v1/shares").statusCode()).isEqualTo(200);
        assertUnavailable(share(ann));
        assertThat(api.tryLogin(RunningService.ANN, RunningService.PASSWORD).statusCode())
                .isEqualTo(200);

        readOnly("off");
        await().until(() -> share(ann).statusCode() == 201);
    }

    @Test
    void withoutPostgresqlEveryCallSaysWhenToComeBack() throws Exception {
        String known = token(RunningService.ANN);
        String unknown = token(RunningService.BOB);
        String admin = token(ADMIN);
        assertThat(share(known).statusCode()).isEqualTo(201);
        assertThat(api.get(admin, "/api/v1/admin/idempotency/stats").statusCode())
                .isEqualTo(200);
        postgres.kill();

        assertUnavailable(api.tryLogin(RunningService.ANN, RunningService.PASSWORD));
        assertUnavailable(api.get(known, "/api/v1/shares"));
        assertUnavailable(api.get(known, "/api/v1/shares/" + UUID.randomUUID()));
        assertUnavailable(share(known));
        assertUnavailable(share(unknown));
        for (String path : List.of(
                "records", "records/s/k", "records?store=redis", "stats", "stores", "stale", "events", "rollout")) {
            HttpResponse<String> answer = api.get(admin, "/api/v1/admin/idempotency/" + path);
            assertThat(answer.statusCode()).as(path).isNotEqualTo(500);
        }
        postgres.restart();
        await().until(() ->
                api.tryLogin(RunningService.ANN, RunningService.PASSWORD).statusCode() == 200);
    }

    /** It used to take ten seconds for each call, for as long as that lasted. */
    @Test
    void aSilentPostgresqlHoldsNobodyUp() throws Exception {
        String known = token(RunningService.ANN);
        String admin = token(ADMIN);
        assertThat(share(known).statusCode()).isEqualTo(201);
        assertThat(api.get(admin, "/api/v1/admin/idempotency/records").statusCode())
                .isEqualTo(200);
        postgres.pause();
        try {
            for (Call call : List.<Call>of(
                    () -> api.tryLogin(RunningService.ANN, RunningService.PASSWORD),
                    () -> api.get(known, "/api/v1/shares"),
                    () -> share(known),
                    () -> api.get(admin, "/api/v1/admin/idempotency/events"))) {
                long begin = System.nanoTime();
                assertUnavailableForSomebody(call.make());
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(4_500));
            }
        } finally {
            postgres.resume();
        }
        await().until(() ->
                api.tryLogin(RunningService.ANN, RunningService.PASSWORD).statusCode() == 200);
    }

    /** The pool's timeouts are one after another, and their sum was ten seconds. */
    @Test
    void aSilentPostgresqlHoldsNoStrictClaimUp() throws Exception {
        Duration timeout = Duration.ofMillis(500);
        try (RunningService strict = RunningService.another(
                        redis,
                        place,
                        "idempotency.consistency",
                        "strict",
                        "database.timeout",
                        timeout.toMillis() + "ms");
                ClosingExecutor clients = new ClosingExecutor(AT_ONCE)) {
            String known = strict.api().login(RunningService.ANN, RunningService.PASSWORD);
            List<Callable<HttpResponse<String>>> shares = Collections.nCopies(
                    AT_ONCE, () -> strict.api().share(known, UUID.randomUUID().toString(), Api.REDDIT));
            for (HttpResponse<String> served : clients.all(shares)) { // the pool has connections now
                assertThat(served.statusCode()).isEqualTo(201);
            }
            postgres.pause();
            try {
                for (int round = 0; round < 3; round++) {
                    long begin = System.nanoTime();
                    clients.all(shares).forEach(DatabaseOutageIT::assertUnavailable);
                    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(timeout.multipliedBy(6));
                }
            } finally {
                postgres.resume();
            }
        }
    }

    private static final class ClosingExecutor implements AutoCloseable {
        private final ExecutorService threads;

        ClosingExecutor(int size) {
            threads = Executors.newFixedThreadPool(size);
        }

        <T> List<T> all(List<Callable<T>> calls) throws Exception {
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }

    private interface Call {
        HttpResponse<String> make() throws Exception;
    }

    private static void assertUnavailableForSomebody(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    private static HttpResponse<String> share(String token) throws Exception {
        return api.share(token, UUID.randomUUID().toString(), Api.REDDIT);
    }

    private static void endSessions() {
        database.useHandle(handle -> handle.createQuery("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()")
                .mapTo(Boolean.class)
                .list());
    }

    private static void readOnly(String value) {
        database.useHandle(handle -> {
            handle.execute("SET default_transaction_read_only = off");
            String name = handle.createQuery("SELECT current_database()")
                    .mapTo(String.class)
                    .one();
            handle.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = " + value);
        });
        endSessions();
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("/problems/store-unavailable", "\"retryable\":true");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }
}
