package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that does not send its body harms only itself: neither its upstream nor that upstream's other clients. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class SlowClientIT {
    /** More than a breaker needs to see. */
    private static final int MANY = 12;

    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
    private static final String ANNOUNCED = "Content-Length: 100\r\n\r\n";

    /** @param more what is sent again and again; empty for nothing */
    private record Fault(String name, String sent, String more, String statuses) {
        static final List<Fault> ALL = List.of(
                new Fault("announced and never sent", ANNOUNCED, "", "408"),
                new Fault("chunks, and none sent", CHUNKED, "", "408"),
                new Fault("the size of a chunk alone", CHUNKED + "5\r\n", "", "408"),
                new Fault("one byte and silence", ANNOUNCED + "{", "", "408"),
                new Fault("one chunk and silence", CHUNKED + "1\r\n{\r\n", "", "408"),
                new Fault("byte by byte", ANNOUNCED, " ", "408"),
                new Fault("chunk by chunk", CHUNKED, "1\r\n \r\n", "408"),
                new Fault("an endless extension", CHUNKED + "5;", "x", "408"),
                new Fault("an endless trailer", CHUNKED + "1\r\n{\r\n0\r\nX: ", "x", "408"),
                new Fault("a chunk of no size", CHUNKED + "1\r\n{\r\nzz\r\n", "", "400"),
                new Fault("broken off", ANNOUNCED + "{", "end", "400"),
                new Fault("connection closed", ANNOUNCED + "{", "close", ""));

        String answer(int port, String head) {
            try (RawConnection connection = new RawConnection(port)) {
                connection.send(head + sent);
                return switch (more) {
                    case "" -> connection.untilItsEnd();
                    case "end" -> connection.end().untilItsEnd();
                    case "close" -> "";
                    default -> connection.untilItsEndSending(more, 40);
                };
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final Upstream http1 = new Upstream();
    private final Upstream http2 = new Upstream(http -> new ConnectionFactory[] {patient(http)});
    private final Upstream narrow = new Upstream();
    private final ServerSocket impatient = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ServerSocket loud = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ServerSocket breaking = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger heard = new AtomicInteger();
    private final GatewayService usual;
    private final GatewayService notRolledOut;
    private final GatewayService inShadow;

    SlowClientIT(
            TestRedis usualRedis,
            TestDatabase usualDatabase,
            TestRedis otherRedis,
            TestDatabase otherDatabase,
            TestRedis shadowRedis,
            TestDatabase shadowDatabase)
            throws Exception {
        clients.execute(() -> serve(impatient, SlowClientIT::hangUpOnBody));
        clients.execute(() -> serve(loud, this::answerForEver));
        clients.execute(() -> serve(breaking, SlowClientIT::breakInMidUpload));
        String pace = "requestBody: { minRate: 100B, within: 300ms, longest: 5s }";
        String routes = """
                - { prefix: /http1, upstream: "%1$s", %4$s }
                - { prefix: /http1-open, methods: [], upstream: "%1$s", %4$s }
                - { prefix: /http2, protocol: h2c, upstream: "%2$s", %4$s }
                - { prefix: /http2-open, methods: [], upstream: "%2$s", %4$s }
                - { prefix: /narrow, maxConnections: 1, maxQueued: 0, upstream: "%3$s", %4$s }
                - { prefix: /narrow-open, methods: [], upstream: "%3$s", requestBody: { minRate: 100B, within: 400ms, longest: 1s } }
                - { prefix: /loud, upstream: "http://127.0.0.1:%6$s", timeout: 1s, policy: { maxStoredBody: 1KiB } }
                - { prefix: /loud-open, methods: [], upstream: "http://127.0.0.1:%6$s", timeout: 1s }
                - { prefix: /brief-open, methods: [], upstream: "%1$s", timeout: 200ms }
                - { prefix: /impatient-open, methods: [], upstream: "http://127.0.0.1:%5$s" }
                - { prefix: /breaking-open, methods: [], upstream: "http://127.0.0.1:%7$s" }
                """.formatted(
                        http1.url(),
                        http2.url(),
                        narrow.url(),
                        pace,
                        impatient.getLocalPort(),
                        loud.getLocalPort(),
                        breaking.getLocalPort());
        usual = new GatewayService(usualRedis, usualDatabase, routes);
        notRolledOut = new GatewayService(
                otherRedis, otherDatabase, routes, ConfigOverride.config("idempotency.rollout.percent", "0"));
        inShadow = new GatewayService(
                shadowRedis, shadowDatabase, routes, ConfigOverride.config("idempotency.rollout.shadow", "true"));
    }

    @AfterAll
    void close() throws Exception {
        usual.close();
        notRolledOut.close();
        inShadow.close();
        http1.close();
        http2.close();
        narrow.close();
        impatient.close();
        loud.close();
        breaking.close();
        clients.shutdownNow();
    }

    /** One that bears more than 128 requests that are broken off in a second, as many as these tests do on one connection. */
    private static ConnectionFactory patient(HttpConfiguration http) {
        HTTP2CServerConnectionFactory factory = new HTTP2CServerConnectionFactory(http);
        factory.setRateControlFactory(new RateControl.Factory() {});
        return factory;
    }

    private void serve(ServerSocket server, Consumer<Socket> connections) {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                clients.execute(() -> connections.accept(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** An answer that does not fit into all the buffers on its way. */
    private void answerForEver(Socket connection) {
        byte[] much = new byte[1 << 16];
        heard.incrementAndGet();
        try (connection) {
            OutputStream out = connection.getOutputStream();
            int unused = connection.getInputStream().read();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(much);
            }
        } catch (IOException nobodyListens) {
            heard.decrementAndGet();
        }
    }

    private boolean loudIsLeft() {
        return heard.get() == 0;
    }

    /** An upstream that does not wait for bodies for long. */
    private static void hangUpOnBody(Socket connection) {
        try (connection) {
            connection.setSoTimeout(1500);
            while (connection.getInputStream().read() >= 0) {
                // Until nothing more comes.
            }
        } catch (IOException impatience) {
            // Which is what it is for.
        }
    }

    /** An upstream that dies while its client is sending. */
    private static void breakInMidUpload(Socket connection) {
        try (connection) {
            int marks = 0;
            while (marks < 3) {
                marks += connection.getInputStream().read() == '!' ? 1 : 0;
            }
            RawUpstream.reset(connection);
        } catch (IOException gone) {
            // Whichever side was sending.
        }
    }

    private static String head(String path) {
        return "POST " + path + "/thing HTTP/1.1\r\nHost: shop\r\nAuthorization: ann\r\nIdempotency-Key: "
                + UUID.randomUUID() + "\r\n";
    }

    private static void isWellServed(GatewayService gateway, String path) throws Exception {
        try (RawConnection connection = new RawConnection(gateway.port())) {
            assertThat(connection
                            .send(head(path) + "Connection: close\r\nContent-Length: 2\r\n\r\n{}")
                            .untilItsEnd())
                    .startsWith("HTTP/1.1 201 ");
        }
    }

    private static void noFailureWasCounted(GatewayService gateway, String path) throws Exception {
        Predicate<String> ofRoute = Pattern.compile("idempotency_gateway_failures_total\\{.*route=\"" + path + "\"}.*")
                .asMatchPredicate();
        assertThat(Caller.of(gateway.adminPort())
                        .get("/prometheus")
                        .body()
                        .lines()
                        .filter(ofRoute))
                .hasSizeGreaterThan(3)
                .allMatch(line -> line.endsWith(" 0.0"));
    }

    private List<String> answers(GatewayService gateway, String path, Fault fault) {
        return Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> fault.answer(gateway.port(), head(path)), clients))
                .limit(MANY)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("protected", "/http1"),
                Arguments.of("passing", "/http1-open"),
                Arguments.of("protected", "/http2"),
                Arguments.of("passing", "/http2-open"),
                Arguments.of("not rolled out", "/http1"),
                Arguments.of("in shadow", "/http1"));
    }

    private GatewayService gateway(String way) {
        return switch (way) {
            case "not rolled out" -> notRolledOut;
            case "in shadow" -> inShadow;
            default -> usual;
        };
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    void noFaultOfAClientIsItsUpstreams(String way, String path) throws Exception {
        GatewayService gateway = gateway(way);
        int before = http1.effects() + http2.effects();
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (Fault fault : Fault.ALL) {
            done.add(CompletableFuture.runAsync(
                    () -> assertThat(answers(gateway, path, fault))
                            .as(fault.name())
                            .allSatisfy(answer -> assertThat(answer)
                                    .containsPattern(
                                            fault.statuses().isEmpty()
                                                    ? "^$"
                                                    : "^HTTP/1\\.1 (" + fault.statuses() + ") ")),
                    clients));
        }
        done.forEach(CompletableFuture::join);

        assertThat(http1.effects() + http2.effects()).isEqualTo(before);
        isWellServed(gateway, path);
        noFailureWasCounted(gateway, path);
    }

    @Test
    void whoIsTooSlowIsToldSo() {
        for (String path : List.of("/http1", "/http1-open")) {
            assertThat(answers(usual, path, Fault.ALL.get(0))).allSatisfy(answer -> assertThat(answer)
                    .contains("Connection: close", "application/problem+json", "/problems/request-timeout")
                    .contains("less than 100 bytes per second", "\"retryable\":true"));
        }
    }

    @Test
    void whoSendsSlowlyAndSteadilyIsServed() {
        String body = "0123456789".repeat(40);
        List<String> framed =
                List.of("Content-Length: 400\r\n\r\n" + body, CHUNKED + "190\r\n" + body + "\r\n0\r\n\r\n");
        Map<String, CompletableFuture<String>> answers = new HashMap<>();
        ways().map(Arguments::get)
                .forEach(way -> framed.forEach(request -> {
                    String path = way[1] + "/" + UUID.randomUUID();
                    int port = gateway((String) way[0]).port();
                    answers.put(
                            path + "/thing",
                            CompletableFuture.supplyAsync(() -> sentSlowly(port, head(path), request), clients));
                }));

        assertThat(answers.values())
                .extracting(CompletableFuture::join)
                .hasSize(12)
                .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 201 "));
        assertThat(Stream.of(http1, http2).flatMap(upstream -> upstream.asked().stream()))
                .filteredOn(asked -> answers.containsKey(asked.target()))
                .hasSize(12)
                .allSatisfy(asked -> assertThat(asked.body()).isEqualTo(body));
    }

    private static String sentSlowly(int port, String head, String body) {
        try (RawConnection connection = new RawConnection(port)) {
            return connection
                    .send(head + "Connection: close\r\n")
                    .sendSlowly(body, 20, 40)
                    .untilItsEnd();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/narrow", "/narrow-open"})
    void whoSendsNothingHoldsNoPlaceAtTheUpstream(String path) throws Exception {
        try (RawConnection connection = new RawConnection(usual.port())) {
            connection.send(head(path) + "Expect: 100-continue\r\n" + ANNOUNCED).upTo("100 Continue\r\n\r\n");

            isWellServed(usual, "/narrow");
        }
    }

    @Test
    void whoStopsSendingLosesItsPlaceAtTheUpstream() throws Exception {
        try (RawConnection connection = new RawConnection(usual.port())) {
            connection.send(head("/narrow-open") + ANNOUNCED + "{");

            await().untilAsserted(() -> isWellServed(usual, "/narrow"));
            assertThat(connection.untilItsEnd()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void noBodyTakesLongerThanItMay() throws Exception {
        try (RawConnection connection = new RawConnection(usual.port())) {
            String answer = connection
                    .send(head("/narrow-open") + CHUNKED)
                    .untilItsEndSending("14\r\n" + "0123456789".repeat(2) + "\r\n", 30);

            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
        isWellServed(usual, "/narrow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/loud", "/loud-open"})
    void whoDoesNotTakeItsAnswerIsItsOwnFault(String path) throws Exception {
        List<RawConnection> deaf = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            deaf.add(new RawConnection(usual.port()).send(head(path) + "Content-Length: 2\r\n\r\n{}"));
        }
        for (RawConnection connection : deaf) {
            assertThat(connection.upTo("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }

        await().until(this::loudIsLeft); // it gives up too
        noFailureWasCounted(usual, path);
        for (RawConnection connection : deaf) {
            connection.close();
        }
        try (RawConnection connection = new RawConnection(usual.port())) {
            connection.send(head(path) + "Content-Length: 2\r\n\r\n{}");
            assertThat(connection.upTo("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/http2", "/http2-open"})
    void aHeadThatAnUpstreamDoesNotTakeHarmsNobodyElse(String path) throws Exception {
        isWellServed(usual, path);
        CompletableFuture<Runnable> finish = new CompletableFuture<>();
        http2.will((asked, response, callback) -> finish.complete(() -> http2.created(asked, response, callback)));
        try (RawConnection underWay = new RawConnection(usual.port())) {
            underWay.send(head(path) + "Connection: close\r\nContent-Length: 2\r\n\r\n{}");
            finish.join();
            for (int i = 0; i < MANY; i++) {
                try (RawConnection connection = new RawConnection(usual.port())) {
                    assertThat(connection
                                    .send(head(path) + "a: b\r\n".repeat(600) + "Connection: close\r\n"
                                            + "Content-Length: 2\r\n\r\n{}")
                                    .untilItsEnd())
                            .startsWith("HTTP/1.1 400 ")
                            .contains("/problems/invalid-request", "headers are larger than the upstream accepts");
                }
            }
            finish.join().run();

            assertThat(underWay.untilItsEnd()).startsWith("HTTP/1.1 201 ");
        } finally {
            http2.will(http2::created);
        }
        noFailureWasCounted(usual, path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/brief-open", "/impatient-open"})
    void anUpstreamThatStopsWaitingForABodyHasNotFailed(String path) throws Exception {
        Fault silence = new Fault("one byte and silence", ANNOUNCED + "{", "", "408");
        for (int rounds = 0; rounds < 2; rounds++) {
            assertThat(answers(usual, path, silence))
                    .allSatisfy(answer ->
                            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("/problems/request-timeout"));
        }
        noFailureWasCounted(usual, path);
    }

    @Test
    void anUpstreamThatBreaksInASteadyUploadHasFailed() {
        Fault none = new Fault("steady", CHUNKED, "5\r\nmore!\r\n", "502");
        List<CompletableFuture<String>> answers = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> none.answer(usual.port(), head("/breaking-open")), clients))
                .limit(10)
                .toList();

        assertThat(answers).extracting(CompletableFuture::join).allSatisfy(answer -> assertThat(answer)
                .startsWith("HTTP/1.1 502 "));
        assertThat(none.answer(usual.port(), head("/breaking-open"))).startsWith("HTTP/1.1 503 ");
    }
}
