package dev.idem.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway does to the requests and answers that it passes on, and what it does not. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class PassThroughIT {
    private static Upstream upstream;
    private static GatewayService service;
    private static Caller ann;

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        service = new GatewayService(redis, database, """
                - { prefix: /orders, upstream: "%1$s", timeout: 5s }
                - { prefix: /renamed, upstream: "%1$s", upstreamKeyHeader: PayPal-Request-Id, host: preserve }
                - prefix: /events
                  upstream: "%1$s"
                  upstreamKeyHeader: X-Event
                  policy: { keyFrom: /event/id, keyRequired: true }
                - { prefix: /trusting, upstream: "%1$s", trustForwarded: true, host: api.example.com }
                - { prefix: /open, upstream: "%1$s", methods: [PUT] }
                - { prefix: /probed, upstream: "%1$s", policy: { onUnknown: probe }, probe: { path: '/by-key/{key}' } }
                """.formatted(upstream.url()));
        ann = Caller.of(service.port());
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        upstream.close();
    }

    @BeforeEach
    void answerAsUsual() {
        upstream.will(upstream::created);
    }

    /** Sends a request as it stands and returns all of the answer. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static String get(String target, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return raw("GET " + target + " HTTP/1.1\r\nHost: gateway.example\r\nConnection: close\r\n" + more + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orders",
                "/orders/",
                "/orders?",
                "/orders?a=b&a=%20c&d",
                "/orders/a%2Fb",
                "/orders/a%2fb;v=1/c",
                "/orders//empty///segments/",
                "/orders/%41%c3%a9",
                "/orders/a|b\"c",
                "/orders/x?u=http://other/%2e%2e/&q=a;b",
                "/orders/.hidden/..."
            })
    void theTargetGoesOnByteForByte(String target) throws Exception {
        String answer = get(target);

        assertThat(answer).startsWith("HTTP/1.1 201 ");
        assertThat(upstream.lastAsked().target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orders/../admin",
                "/orders/%2e%2e/admin",
                "/orders/.%2E;x/admin",
                "/orders/%252e%252e/admin",
                "/orders/.",
                "/%6frders",
                "/%256frders",
                "//orders",
                "/;x/orders",
                "/x/%2e%2e/orders/..%2forders"
            })
    void anotherSpellingReachesNothing(String target) throws Exception {
        int before = upstream.asked().size();

        assertThat(get(target)).startsWith("HTTP/1.1 400 ");
        assertThat(upstream.asked()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUERY", "Frobnicate", "m-search", "posts", "get_", "patch2"})
    void aMethodThatNobodyKnowsGoesOnInItsOwnLetters(String method) throws Exception {
        assertThat(raw(method + " /orders HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 201 ");

        assertThat(upstream.lastAsked().method()).isEqualTo(method);
    }

    @Test
    void headersOfOneConnectionStay() throws Exception {
        upstream.will((asked, response, callback) -> {
            response.getHeaders().put("Connection", "X-Inner");
            response.getHeaders().put("X-Inner", "secret");
            response.getHeaders().put("Keep-Alive", "timeout=5");
            response.getHeaders().put("X-Outer", "public");
            Upstream.write(response, "ok", callback);
        });
        String answer = raw("""
                GET /orders HTTP/1.1
                Host: gateway.example
                Connection: close, X-Hop
                X-Hop: mine
                Keep-Alive: timeout=1
                Proxy-Authorization: Basic eA==
                TE: trailers
                Expect: 100-continue
                X-End: to-end
                traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01

                """.replace("\n", "\r\n"));

        assertThat(upstream.lastAsked().header("X-End")).isEqualTo("to-end");
        assertThat(upstream.lastAsked().header("traceparent"))
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        for (String name : new String[] {"X-Hop", "Keep-Alive", "Proxy-Authorization", "TE", "Expect", "User-Agent"}) {
            assertThat(upstream.lastAsked().header(name)).as(name).isEmpty();
        }
        assertThat(answer).contains("X-Outer: public").doesNotContain("X-Inner", "Keep-Alive");
        assertThat(answer).containsIgnoringCase("Via: 1.1 idem");
        assertThat(upstream.lastAsked().header("Via")).isEqualTo("1.1 idem");
    }

    @Test
    void whereARequestCameFromIsOursToSay() throws Exception {
        get("/orders", "Forwarded: for=evil", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: https", "X-Real-IP: 6");

        assertThat(upstream.lastAsked().header("Forwarded"))
                .isEqualTo("for=127.0.0.1;host=\"gateway.example\";proto=http");
        assertThat(upstream.lastAsked().header("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(upstream.lastAsked().header("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(upstream.lastAsked().header("X-Forwarded-Host")).isEqualTo("gateway.example");
        assertThat(upstream.lastAsked().header("X-Real-IP")).isEmpty();
        assertThat(upstream.lastAsked().header("Host")).isEqualTo("127.0.0.1:" + upstream.port());
    }

    /** What Spring, Rack and Rails, Django, Express, ASP.NET, gunicorn and Tomcat read, and what CDNs write. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Ssl",
                "X-Forwarded-Scheme",
                "X-Forwarded-Protocol",
                "X-Forwarded-Prefix",
                "X-Forwarded-Port",
                "X-Forwarded-Server",
                "X-Forwarded-User",
                "X-Forwarded-Client-Cert",
                "X-Forwarded",
                "Forwarded-For",
                "Front-End-Https",
                "X-Real-IP",
                "X-Client-IP",
                "Client-IP",
                "X-Cluster-Client-IP",
                "True-Client-IP",
                "X-NF-Client-Connection-IP",
                "X-Envoy-Original-Path",
                "Remote-User",
                "X-MS-CLIENT-PRINCIPAL",
                "Proxy",
                "CF-Connecting-IP",
                "CF-Connecting-IPv6",
                "CF-Visitor",
                "Fastly-Client-IP",
                "X-Azure-ClientIP",
                "X-Envoy-External-Address",
                "X-ProxyUser-Ip",
                "X-AppEngine-User-IP",
                "X-Remote-Addr",
                "Fly-Client-IP",
                "X-Vercel-Forwarded-For",
                "CloudFront-Forwarded-Proto",
                "X-Forwarder-For",
                "X-Original-Forwarded-For",
                "X-Original-URL",
                "X-Original-Host",
                "X-Original-For",
                "X-Rewrite-URL",
                "X-Scheme",
                "X-Url-Scheme",
                "SCRIPT_NAME",
                "PATH_INFO",
                "Client-Cert",
                "X-SSL-Client-Cert"
            })
    void noClientSaysWhereItComesFrom(String name) throws Exception {
        get("/orders", name + ": evil");
        assertThat(upstream.lastAsked().header(name)).isEmpty();

        get("/trusting", name + ": kept");
        assertThat(upstream.lastAsked().header(name)).isEqualTo(name.contains("_") ? "" : "kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Attempt", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void noClientSaysWhichAttemptItIsNorThatAnotherMethodIsMeant(String name) throws Exception {
        get("/trusting", name + ": evil");

        assertThat(upstream.lastAsked().header(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://gateway.example/orders",
                "HTTPS://gateway.example/orders",
                "http://gateway.example/orders"
            })
    void aTargetDoesNotMakeAConnectionSecure(String target) throws Exception {
        get(target);

        assertThat(upstream.lastAsked().target()).isEqualTo("/orders");
        assertThat(upstream.lastAsked().header("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(upstream.lastAsked().header("Forwarded")).endsWith(";proto=http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "../admin", "a\\b", "%2e%2e", "a%2Fb", "..;x", ";x"})
    void aKeyThatCannotStandInThePathOfTheProbeIsRefused(String key) throws Exception {
        int before = upstream.asked().size();
        HttpResponse<String> refused = ann.send(probed(key));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("/problems/invalid-key", "without slashes");
        assertThat(upstream.asked()).hasSize(before);
        assertThat(ann.send(probed("...a?b#c-" + UUID.randomUUID())).statusCode())
                .isEqualTo(201);
    }

    private static HttpRequest probed(String key) {
        return ann.to("/probed")
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("x"))
                .build();
    }

    @Test
    void aTrustedProxysWordIsKept() throws Exception {
        get("/trusting", "Forwarded: for=1.2.3.4", "X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: https");

        assertThat(upstream.lastAsked().header("Forwarded")).startsWith("for=1.2.3.4, for=127.0.0.1;");
        assertThat(upstream.lastAsked().header("X-Forwarded-For")).isEqualTo("1.2.3.4, 127.0.0.1");
        assertThat(upstream.lastAsked().header("X-Forwarded-Proto")).isEqualTo("https");
        assertThat(upstream.lastAsked().header("Host")).isEqualTo("api.example.com");
    }

    @Test
    void theKeysHeaderMayHaveAnotherNameUpstream() throws Exception {
        ann.send(ann.to("/renamed")
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", "\"k-1\"")
                .POST(BodyPublishers.ofString("x"))
                .build());

        assertThat(upstream.lastAsked().header("PayPal-Request-Id")).isEqualTo("k-1");
        assertThat(upstream.lastAsked().header("Idempotency-Key")).isEmpty();
        assertThat(upstream.lastAsked().header("Host")).isEqualTo("127.0.0.1:" + service.port());
    }

    @Test
    void aKeyOfTheBodyReachesTheUpstreamAsAHeader() throws Exception {
        HttpResponse<String> first = event("{\"event\":{\"id\":\"evt 1\"}}");
        HttpResponse<String> repeat = event("{\"event\": {\"id\": \"evt 1\"}}");

        assertThat(upstream.lastAsked().header("X-Event")).isEqualTo("evt 1");
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(repeat.headers().firstValue("Idempotency-Key")).contains("\"evt 1\"");
        assertThat(event("{\"event\":{\"id\":[1]}}").body()).contains("/problems/invalid-key", "must be a string");
        assertThat(event("{\"event\":1}").body()).contains("/problems/key-missing", "Send a key at /event/id");
    }

    private static HttpResponse<String> event(String body) throws Exception {
        return ann.send(ann.to("/events")
                .header("Authorization", "Bearer ann")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void aMethodThatIsNotProtectedIsNotReadAndNotHeld() throws Exception {
        int before = upstream.effects();
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = ann.send(ann.to("/open")
                    .header("Authorization", "Bearer ann")
                    .header("Idempotency-Key", "one")
                    .POST(BodyPublishers.ofByteArray(new byte[3 << 20]))
                    .build());
            assertThat(answer.statusCode()).isEqualTo(201);
        }

        assertThat(upstream.effects()).isEqualTo(before + 2);
        assertThat(upstream.lastAsked().body()).hasSize(3 << 20);
    }

    @Test
    void eventsComeAsTheyAreSent() throws Exception {
        CompletableFuture<org.eclipse.jetty.server.Response> open = new CompletableFuture<>();
        CompletableFuture<Callback> callback = new CompletableFuture<>();
        upstream.will((asked, response, end) -> {
            response.getHeaders().put("Content-Type", "text/event-stream");
            callback.complete(end);
            Callback written = Callback.from(() -> open.complete(response), open::completeExceptionally);
            response.write(false, ByteBuffer.wrap("data: 1\n\n".getBytes(ISO_8859_1)), written);
        });
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream()
                    .write("GET /orders/events HTTP/1.1\r\nHost: g\r\nAccept: text/event-stream\r\n\r\n"
                            .getBytes(ISO_8859_1));
            BufferedReader events = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));

            awaitLine(events, "data: 1");
            open.get().write(false, ByteBuffer.wrap("data: 2\n\n".getBytes(ISO_8859_1)), Callback.NOOP);
            awaitLine(events, "data: 2");
            callback.get().succeeded();
        }
    }

    private static void awaitLine(BufferedReader lines, String expected) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.equals(expected)) {
            line = lines.readLine();
        }
        assertThat(line).isEqualTo(expected);
    }

    @Test
    void theAnswerToAClientThatHasHungUpIsStored() throws Exception {
        String key = UUID.randomUUID().toString();
        CompletableFuture<Runnable> finish = new CompletableFuture<>();
        upstream.will(
                (asked, response, callback) -> finish.complete(() -> upstream.created(asked, response, callback)));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /orders HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer ann\r\nIdempotency-Key: " + key
                            + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                    .getBytes(ISO_8859_1));
            finish.get();
            socket.setSoLinger(true, 0);
        }
        finish.get().run();
        upstream.will(upstream::created);
        int before = upstream.effects();

        await().untilAsserted(() -> assertThat(ann.post(key, "{}").headers().firstValue("Idempotent-Replayed"))
                .contains("true"));
        assertThat(upstream.effects()).isEqualTo(before);
    }

    @Test
    void otherProtocolsAndMethodsAreRefused() throws Exception {
        assertThat(statusLine("GET /orders HTTP/1.1\r\nHost: g\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"))
                .startsWith("HTTP/1.1 501 ");
        assertThat(statusLine("TRACE /orders HTTP/1.1\r\nHost: g\r\n\r\n")).startsWith("HTTP/1.1 405 ");
        assertThat(statusLine("CONNECT other.example:443 HTTP/1.1\r\nHost: other.example:443\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(statusLine("GET http://other.example/orders HTTP/1.1\r\nHost: g\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    /** As Java's own client makes it, unless it is told otherwise. */
    @Test
    void anOfferOfHttp2IsNotTaken() throws Exception {
        String offer = """
                GET /orders HTTP/1.1
                Host: g
                Upgrade: h2c
                Connection: Upgrade, HTTP2-Settings
                HTTP2-Settings: AAEAAEAAAAIAAAAB

                """;
        assertThat(statusLine(offer.replace("\n", "\r\n"))).startsWith("HTTP/1.1 201 ");
        assertThat(upstream.lastAsked().headers().getFieldNamesCollection())
                .doesNotContain("Upgrade", "Connection", "HTTP2-Settings");
    }

    private static String statusLine(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nContent-Length: 4",
                "Content-Length: 3\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked, identity",
                "Content-Length: -3",
                "Content-Length: +3",
                "Bad Header: x",
                "Host: two"
            })
    void ambiguousRequestsAreRefused(String headers) throws Exception {
        int before = upstream.asked().size();

        String answer = raw("POST /orders HTTP/1.1\r\nHost: g\r\nConnection: close\r\n" + headers
                + "\r\n\r\n0\r\n\r\nGET /orders/smuggled HTTP/1.1\r\nHost: g\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    void aGibibyteIsRefusedBeforeItComes() throws Exception {
        String answer = raw("""
                POST /orders HTTP/1.1
                Host: gateway.example
                Authorization: Bearer ann
                Idempotency-Key: large
                Content-Length: 1073741824

                """.replace("\n", "\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close");
    }

    @Test
    void aClientOfHttp10IsAnswered() throws Exception {
        upstream.will((asked, response, callback) -> {
            response.write(false, ByteBuffer.wrap("chunked ".getBytes(ISO_8859_1)), Callback.NOOP);
            Upstream.write(response, "body", callback);
        });

        assertThat(raw("GET /orders HTTP/1.0\r\n\r\n")).contains(" 200 ").endsWith("\r\n\r\nchunked body");
        assertThat(upstream.lastAsked().header("Via")).isEqualTo("1.0 idem");
    }

    @Test
    void aClientThatWaitsToBeToldIsToldToSendItsBody() throws Exception {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> answer =
                ann.send(ann.order(key, "{}").expectContinue(true).build());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(upstream.lastAsked().body()).isEqualTo("{}");
    }

    @Test
    void aCompressedAnswerIsReplayedToThoseWhoCannotReadIt() throws Exception {
        String key = UUID.randomUUID().toString();
        upstream.will((asked, response, callback) -> {
            response.getHeaders().put("Content-Encoding", "gzip");
            response.write(true, ByteBuffer.wrap(gzip("readable")), callback);
        });
        HttpResponse<String> first = ann.send(
                ann.order(key, "{}").header("Accept-Encoding", "br, gzip").build());
        HttpResponse<String> repeat = ann.post(key, "{}");

        assertThat(upstream.lastAsked().header("Accept-Encoding")).isEqualTo("gzip");
        assertThat(first.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(repeat.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(repeat.body()).isEqualTo("readable");
    }

    private static byte[] gzip(String text) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (OutputStream gzip = new java.util.zip.GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(ISO_8859_1));
        }
        return bytes.toByteArray();
    }

    @Test
    void aReplayMayBeReadByScriptsOfTheSameOriginOnly() throws Exception {
        String key = UUID.randomUUID().toString();
        upstream.will((asked, response, callback) -> {
            response.getHeaders().put("Access-Control-Allow-Origin", asked.header("Origin"));
            Upstream.write(response, "ok", callback);
        });
        ann.send(ann.order(key, "{}").header("Origin", "https://a.example").build());
        HttpResponse<String> same = ann.send(
                ann.order(key, "{}").header("Origin", "https://a.example").build());
        HttpResponse<String> other = ann.send(
                ann.order(key, "{}").header("Origin", "https://b.example").build());

        assertThat(same.headers().firstValue("Access-Control-Allow-Origin")).contains("https://a.example");
        assertThat(same.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValueSatisfying(exposed -> assertThat(exposed).contains("Idempotent-Replayed"));
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
}
