package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.Keytool;
import io.dropwizard.testing.ConfigOverride;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Upstreams that speak TLS, or HTTP/2. */
@ExtendWith(ServersExtension.class)
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
final class ProtocolsIT {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory = Path.of("");

    private static HttpResponse<String> post(TestRedis redis, TestDatabase database, String route) throws Exception {
        try (GatewayService service = new GatewayService(
                redis, database, "- { prefix: /orders, policy: { onUnknown: hold, wait: 0s }, " + route + " }\n")) {
            Caller ann = Caller.of(service.port());
            String key = UUID.randomUUID().toString();
            HttpResponse<String> first = ann.post(key, "{}");
            HttpResponse<String> repeat = ann.post(key, "{}");

            assertThat(repeat.statusCode()).isEqualTo(first.statusCode());
            return repeat;
        }
    }

    @Test
    void anUpstreamOfAPrivateAuthorityIsTrustedWhenItsAuthorityIs(TestRedis redis, TestDatabase database)
            throws Exception {
        try (Upstream upstream = secure("ip:127.0.0.1")) {
            HttpResponse<String> answer =
                    post(redis, database, https(upstream) + ", caFile: " + directory.resolve("authority.pem"));

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Idempotent-Replayed")).contains("true");
        }
    }

    @Test
    void aTrustStoreDoesAsWell(TestRedis redis, TestDatabase database) throws Exception {
        try (Upstream upstream = secure("ip:127.0.0.1")) {
            HttpResponse<String> answer = post(
                    redis,
                    database,
                    https(upstream) + ", trustStorePassword: " + PASSWORD + ", trustStore: "
                            + directory.resolve("keys.p12"));

            assertThat(answer.statusCode()).isEqualTo(201);
        }
    }

    /** What TLS itself says on a connection between requests is not its end. */
    @Test
    void aConnectionOfTlsIsUsedAgain(TestRedis redis, TestDatabase database) throws Exception {
        try (Upstream upstream = secure("ip:127.0.0.1");
                GatewayService service = new GatewayService(
                        redis,
                        database,
                        "- { prefix: /orders, " + https(upstream) + ", caFile: " + directory.resolve("authority.pem")
                                + " }\n")) {
            Caller ann = Caller.of(service.port());
            for (int i = 0; i < 5; i++) {
                assertThat(ann.post(UUID.randomUUID().toString(), "{}").statusCode())
                        .isEqualTo(201);
            }

            assertThat(upstream.connections()).isEqualTo(1);
            assertThat(upstream.effects()).isEqualTo(5);
        }
    }

    @Test
    void anUpstreamOfAnUnknownAuthorityIsUnreachableAndLeavesTheKeyFree(TestRedis redis, TestDatabase database)
            throws Exception {
        try (Upstream upstream = secure("ip:127.0.0.1")) {
            HttpResponse<String> answer = post(redis, database, https(upstream));

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("/problems/upstream-unreachable");
            assertThat(upstream.asked()).isEmpty();
        }
    }

    @Test
    void anUpstreamOfAnotherNameIsUnreachable(TestRedis redis, TestDatabase database) throws Exception {
        try (Upstream upstream = secure("dns:other.example")) {
            HttpResponse<String> answer =
                    post(redis, database, https(upstream) + ", caFile: " + directory.resolve("authority.pem"));

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(upstream.asked()).isEmpty();
        }
    }

    @Test
    void anUpstreamMaySpeakHttp2WithoutTls(TestRedis redis, TestDatabase database) throws Exception {
        try (Upstream upstream =
                new Upstream(http -> new ConnectionFactory[] {new HTTP2CServerConnectionFactory(http)})) {
            HttpResponse<String> answer = post(redis, database, "protocol: h2c, upstream: \"" + upstream.url() + '"');

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Via")).contains("1.1 idem");
            assertThat(upstream.asked()).hasSize(1);
            assertThat(upstream.lastAsked().body()).isEqualTo("{}");
        }
    }

    @Test
    void anUpstreamOfHttp2IsSentMethodAndTargetByteForByte(TestRedis redis, TestDatabase database) throws Exception {
        try (Upstream upstream =
                        new Upstream(http -> new ConnectionFactory[] {new HTTP2CServerConnectionFactory(http)});
                GatewayService service = new GatewayService(
                        redis, database, "- { prefix: /, protocol: h2c, upstream: \"" + upstream.url() + "\" }\n")) {
            for (String target :
                    List.of("/a?", "//a//b/", "/a%2Fb;v=1?x=%20&x", "/a|b\"c", "/a:b?u=http://o/%2e%2e/")) {
                try (RawConnection connection = new RawConnection(service.port())) {
                    connection.send("Frobnicate " + target + " HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n");

                    assertThat(connection.untilItsEnd()).startsWith("HTTP/1.1 201 ");
                }
                assertThat(upstream.lastAsked().method()).isEqualTo("Frobnicate");
                assertThat(upstream.lastAsked().target()).isEqualTo(target);
            }
        }
    }

    /** As a server does that is replaced by its next release. */
    @Test
    void anHttp2ConnectionThatTheUpstreamHasEndedIsReplaced(TestRedis redis, TestDatabase database) throws Exception {
        try (Upstream upstream =
                        new Upstream(http -> new ConnectionFactory[] {new HTTP2CServerConnectionFactory(http)});
                GatewayService service = new GatewayService(
                        redis,
                        database,
                        "- { prefix: /orders, protocol: h2c, upstream: \"" + upstream.url() + "\" }\n")) {
            Caller ann = Caller.of(service.port());
            for (int i = 0; i < 20; i++) {
                assertThat(ann.post(UUID.randomUUID().toString(), "{}").statusCode())
                        .isEqualTo(201);
                upstream.leaveConnections();
                await().until(upstream::isLeft);
            }

            assertThat(upstream.effects()).isEqualTo(20);
        }
    }

    @Test
    void aThousandRequestsWaitForAnUpstreamOnAServerOfSixtyFourThreads(TestRedis redis, TestDatabase database)
            throws Exception {
        List<Runnable> waiting = Collections.synchronizedList(new ArrayList<>());
        try (Upstream upstream = new Upstream();
                GatewayService service = new GatewayService(
                        redis,
                        database,
                        "- { prefix: /orders, maxConnections: 1100, policy: { maxStoredBody: 64KiB }, upstream: \""
                                + upstream.url() + "\" }\n",
                        ConfigOverride.config("server.maxThreads", "64"))) {
            upstream.will(
                    (asked, response, callback) -> waiting.add(() -> upstream.created(asked, response, callback)));
            Caller ann = Caller.of(service.port());
            List<CompletableFuture<HttpResponse<String>>> posts = IntStream.range(0, 1_000)
                    .mapToObj(i -> ann.postLater(UUID.randomUUID().toString(), "{}"))
                    .toList();
            await().until(() -> waiting.size() == 1_000);
            waiting.forEach(Runnable::run);

            assertThat(posts)
                    .allSatisfy(post -> assertThat(post.get().statusCode()).isEqualTo(201));
        }
    }

    private static String https(Upstream upstream) {
        return "upstream: \"https://127.0.0.1:" + upstream.port() + '"';
    }

    /** With a certificate of its own making for this name. */
    private Upstream secure(String name) throws Exception {
        Path keys = directory.resolve("keys.p12");
        keytool(
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=it",
                "-ext",
                "san=" + name,
                "-ext",
                "bc=ca:true");
        keytool(
                "-exportcert",
                "-keystore",
                keys.toString(),
                "-alias",
                "it",
                "-rfc",
                "-file",
                directory.resolve("authority.pem").toString());
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keys.toUri().toString());
        tls.setKeyStorePassword(PASSWORD);
        tls.setSniRequired(false);
        return new Upstream(http ->
                new ConnectionFactory[] {new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http)});
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(Keytool.with(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
