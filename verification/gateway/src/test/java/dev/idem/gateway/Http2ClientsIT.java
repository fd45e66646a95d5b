package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.NeedsPrograms;
import io.dropwizard.testing.ConfigOverride;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Libraries and programs that speak HTTP/2, with TLS and without; and what those see that do not. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class Http2ClientsIT {
    private final TestRedis redis;
    private final TestDatabase database;
    private final Path directory;

    Http2ClientsIT(TestRedis redis, TestDatabase database, @TempDir Path directory) {
        this.redis = redis;
        this.database = database;
        this.directory = directory;
    }

    private static String to(Upstream upstream) {
        return "- { prefix: /orders, upstream: \"" + upstream.url() + "\" }\n";
    }

    private static void assertReplayed(Upstream upstream, List<String> bodies) {
        assertThat(bodies).hasSize(2).containsOnly("{\"order\":" + upstream.effects() + "}");
    }

    /** Two equal requests each, from everyone, on one service with TLS. */
    @Test
    @NeedsPrograms("curl")
    void withTlsTheVersionIsNegotiated() throws Exception {
        TestCertificate certificate = new TestCertificate(directory);
        try (Upstream upstream = new Upstream();
                GatewayService service = new GatewayService(redis, database, to(upstream), certificate.settings())) {
            URI uri = URI.create("https://127.0.0.1:" + service.port() + "/orders");
            for (HttpClient.Version version : HttpClient.Version.values()) {
                HttpClient java = HttpClient.newBuilder()
                        .version(version)
                        .sslContext(certificate.context())
                        .build();
                assertReplayed(upstream, withJava(java, uri, version));
            }
            OkHttpClient ok = new OkHttpClient.Builder()
                    .sslSocketFactory(certificate.context().getSocketFactory(), certificate.trust())
                    .build();
            assertReplayed(upstream, withOkHttp(ok, uri));
            assertReplayed(
                    upstream,
                    withCurl(uri, "--http2", "--cacert", certificate.pem().toString()));
            assertThat(upstream.effects()).isEqualTo(4);
        }
    }

    private static List<String> withJava(HttpClient client, URI uri, HttpClient.Version version) throws Exception {
        HttpRequest order = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> first = client.send(order, HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> repeat = client.send(order, HttpResponse.BodyHandlers.ofString());

        assertThat(first.version()).isEqualTo(version);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        return List.of(first.body(), repeat.body());
    }

    private static List<String> withOkHttp(OkHttpClient client, URI uri) throws Exception {
        Request order = new Request.Builder()
                .url(uri.toURL())
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post(RequestBody.create("{}", MediaType.get("application/json")))
                .build();
        try (Response first = client.newCall(order).execute();
                Response repeat = client.newCall(order).execute()) {
            assertThat(first.protocol()).isIn(Protocol.HTTP_2, Protocol.H2_PRIOR_KNOWLEDGE);
            assertThat(repeat.header("Idempotent-Replayed")).isEqualTo("true");
            return List.of(first.body().string(), repeat.body().string());
        }
    }

    private List<String> withCurl(URI uri, String... options) throws Exception {
        String key = UUID.randomUUID().toString();
        return List.of(curl(uri, key, options), curl(uri, key, options));
    }

    private String curl(URI uri, String key, String... options) throws Exception {
        Path output = directory.resolve("curl");
        List<String> command = new java.util.ArrayList<>(List.of("curl", "-sS", "--max-time", "20"));
        command.addAll(List.of(options));
        command.addAll(List.of("-H", "Authorization: Bearer ann", "-H", "Idempotency-Key: " + key));
        command.addAll(List.of("-w", "%{stderr}%{http_version}", "-d", "{}", uri.toString()));
        Process curl = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("version").toFile())
                .start();
        assertThat(curl.waitFor()).isZero();
        assertThat(Files.readString(directory.resolve("version"))).isEqualTo("2");
        return Files.readString(output);
    }

    @Test
    @NeedsPrograms("curl")
    void withoutTlsAClientKnowsItOrIsUpgraded() throws Exception {
        try (Upstream upstream = new Upstream();
                GatewayService service = new GatewayService(redis, database, to(upstream), h2c())) {
            URI uri = URI.create("http://127.0.0.1:" + service.port() + "/orders");
            OkHttpClient ok = new OkHttpClient.Builder()
                    .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                    .build();
            assertReplayed(upstream, withOkHttp(ok, uri));
            assertReplayed(upstream, withCurl(uri, "--http2-prior-knowledge"));
            HttpClient old =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            assertReplayed(upstream, withJava(old, uri, HttpClient.Version.HTTP_1_1));
            assertThat(upstream.effects()).isEqualTo(3);
        }
    }

    private static ConfigOverride h2c() {
        return ConfigOverride.config("server.applicationConnectors[0].type", "h2c");
    }

    @Test
    void anUpstreamMayTakeLongerThanAConnectionMayBeIdle() throws Exception {
        try (Upstream upstream = new Upstream();
                GatewayService service = new GatewayService(
                        redis,
                        database,
                        to(upstream) + "- { prefix: /files, methods: [], upstream: \"" + upstream.url() + "\" }\n",
                        h2c(),
                        ConfigOverride.config("server.applicationConnectors[0].idleTimeout", "500ms"));
                Http2Caller ann = new Http2Caller(service.port())) {
            BlockingQueue<Runnable> finish = new LinkedBlockingQueue<>();
            upstream.will((asked, response, callback) -> finish.add(() -> upstream.created(asked, response, callback)));
            Http2Caller.Sent order = ann.post(UUID.randomUUID().toString(), "{}");
            Http2Caller.Sent file = ann.send("GET", "/files/1", HttpFields.EMPTY, "");
            Runnable first = finish.take();
            Runnable second = finish.take();

            await().during(Duration.ofMillis(1_500))
                    .until(() -> !order.answer().isDone() && !file.answer().isDone());
            first.run();
            second.run();

            assertThat(order.get().status()).isEqualTo(201);
            assertThat(file.get().status()).isEqualTo(201);
        }
    }

    private enum Stopping {
        /** While requests are served. */
        DRAINING,
        /** While those that were accepted before end. */
        REFUSING
    }

    @Test
    void aNodeThatDrainsSendsItsClientsAway() throws Exception {
        stops(Stopping.DRAINING);
    }

    @Test
    @EnabledIfSystemProperty(named = "test.form", matches = "full")
    void aNodeThatRefusesSendsItsClientsAway() throws Exception {
        stops(Stopping.REFUSING);
    }

    private void stops(Stopping when) throws Exception {
        try (Upstream upstream = new Upstream()) {
            GatewayService service = GatewayService.patient(
                    redis,
                    database,
                    to(upstream),
                    h2c(),
                    ConfigOverride.config("shutdown.drainDelay", when == Stopping.DRAINING ? "2s" : "0s"));
            Caller prober = Caller.of(service.adminPort());
            CompletableFuture<Runnable> finish = new CompletableFuture<>();
            try (Http2Caller ann = new Http2Caller(service.port())) {
                assertThat(ann.post(UUID.randomUUID().toString(), "{}").get().status())
                        .isEqualTo(201);
                upstream.will((asked, response, callback) ->
                        finish.complete(() -> upstream.created(asked, response, callback)));
                Http2Caller.Sent slow = ann.post(UUID.randomUUID().toString(), "{}");
                finish.get();
                upstream.will(upstream::created);

                CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> stop(service));
                if (when == Stopping.DRAINING) {
                    await().until(() -> prober.get("/health/ready").statusCode() == 503);
                    assertThat(ann.post(UUID.randomUUID().toString(), "{}")
                                    .get()
                                    .status())
                            .isEqualTo(201);
                }
                GoAwayFrame last = ann.goAway().get();
                finish.get().run();

                assertThat(last.getError()).isZero();
                assertThat(slow.get().status()).isEqualTo(201);
                stopped.get();
            }
        }
    }

    private static void stop(GatewayService service) {
        try {
            service.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
