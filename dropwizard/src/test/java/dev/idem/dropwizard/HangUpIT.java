package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A waiting repeat makes way when its client hangs up. One repeat may wait here, for longer than any test. */
@ExtendWith(ServersExtension.class)
final class HangUpIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int OFTEN = 10;
    private static final String SLOW = "/effects/slow";
    private static TestService service;

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        service = TestService.start(redis, database, "{ maxWaiting: 1, policy: { wait: 60s } }");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void whoeverHangsUpMakesRoomForAnother() throws Exception {
        CountDownLatch gate = service.effects().close();
        String key = TestService.newKey();
        CompletableFuture<HttpResponse<String>> first = start(key);
        Socket waiting = theOneThatWaits(repeat(key), repeat(key));
        double before = waitsThatHaveEnded();

        waiting.close();

        Awaitility.await().atMost(SOON).until(() -> waitsThatHaveEnded() > before);
        CompletableFuture<HttpResponse<String>> next = theOneThatWaits(later(key), later(key));
        gate.countDown();
        assertThat(next.get().body()).isEqualTo(first.get().body());
        assertThat(next.get().headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void aClientThatSendsItsNextRequestAlreadyStays() throws Exception {
        CountDownLatch gate = service.effects().close();
        String key = TestService.newKey();
        CompletableFuture<HttpResponse<String>> first = start(key);
        try (Socket waiting = theOneThatWaits(repeat(key), repeat(key))) {
            waiting.getOutputStream()
                    .write("GET /effects HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < OFTEN; i++) {
                assertThat(service.post(SLOW, key).statusCode()).isEqualTo(409);
            }

            gate.countDown();

            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(waiting.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answers.readLine()).startsWith("HTTP/1.1 200");
            assertThat(answers.lines().anyMatch(line -> line.contains("HTTP/1.1 200")))
                    .isTrue();
        }
        assertThat(first.get().statusCode()).isEqualTo(200);
    }

    private static CompletableFuture<HttpResponse<String>> start(String key) {
        int before = service.effects().count();
        CompletableFuture<HttpResponse<String>> first = service.sendLater(service.post(SLOW, key, "{}"));
        Awaitility.await().atMost(SOON).until(() -> service.effects().count() == before + 1);
        return first;
    }

    private static Socket repeat(String key) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout((int) SOON.toMillis());
        socket.getOutputStream()
                .write(("POST " + SLOW + " HTTP/1.1\r\nHost: test\r\nX-User: ann\r\nIdempotency-Key: " + key
                                + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Only one of two repeats has a place. The other one is refused at once. */
    private static Socket theOneThatWaits(Socket one, Socket other) throws IOException {
        Awaitility.await().atMost(SOON).until(() -> isAnswered(one) || isAnswered(other));
        try (Socket refused = isAnswered(one) ? one : other) {
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(refused.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 409");
            return refused == one ? other : one;
        }
    }

    private static boolean isAnswered(Socket repeat) throws IOException {
        return repeat.getInputStream().available() > 0;
    }

    private static CompletableFuture<HttpResponse<String>> later(String key) {
        return service.sendLater(service.post(SLOW, key, "{}"));
    }

    private static CompletableFuture<HttpResponse<String>> theOneThatWaits(
            CompletableFuture<HttpResponse<String>> one, CompletableFuture<HttpResponse<String>> other) {
        Awaitility.await().atMost(SOON).until(() -> one.isDone() || other.isDone());
        CompletableFuture<HttpResponse<String>> refused = one.isDone() ? one : other;
        assertThat(refused.join().statusCode()).isEqualTo(409);
        return refused == one ? other : one;
    }

    /** Those that found no place among them. */
    private static double waitsThatHaveEnded() throws Exception {
        return service.admin("/prometheus")
                .lines()
                .filter(line -> line.startsWith("idempotency_wait_seconds_count"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
