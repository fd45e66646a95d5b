package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.browser.Browser;
import dev.idem.verification.support.NeedsPrograms;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No route reaches the console or takes its place, and no upstream's script answers for more than its folder. */
@ExtendWith(ServersExtension.class)
final class ConsoleRouteIT {
    private static final String WORKER =
            "addEventListener('fetch', (e) => e.respondWith(new Response('<title>not the console</title>')));";

    private static Upstream upstream;
    private static Upstream second;
    private static GatewayService service;
    private static Caller client;

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        second = new Upstream(http -> new ConnectionFactory[] {new HTTP2CServerConnectionFactory(http)});
        upstream.will((asked, response, callback) -> claimAll(upstream, asked, response, callback));
        second.will((asked, response, callback) -> claimAll(second, asked, response, callback));
        String shop = ", upstream: \"" + upstream.url() + "\"";
        service = new GatewayService(
                redis,
                database,
                "- { prefix: /" + shop + ", scope: none }\n"
                        + "- { prefix: /shadow" + shop + ", scope: none, methods: [] }\n"
                        + "- { prefix: /two, protocol: h2c, scope: none, upstream: \"" + second.url() + "\" }\n");
        client = Caller.of(service.port());
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        upstream.close();
        second.close();
    }

    private static void claimAll(Upstream upstream, Upstream.Asked asked, Response response, Callback callback) {
        response.getHeaders().put("SERVICE-worker-allowed", "/");
        response.getHeaders().add("Service-Worker-Allowed", "/console");
        upstream.created(asked, response, callback);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/sw.js", "/orders", "/shadow", "/two/sw.js"})
    void noAnswerLetsAScriptSpeakForMoreThanItsFolder(String path) throws Exception {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> read = client.get(path);
        HttpResponse<String> first = post(path, key);
        HttpResponse<String> repeat = post(path, key);

        for (HttpResponse<String> answer : List.of(read, first, repeat)) {
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Service-Worker-Allowed")).isEmpty();
        }
        assertThat(repeat.headers().firstValue("Idempotent-Replayed").isPresent())
                .isEqualTo(!path.equals("/shadow"));
    }

    private static HttpResponse<String> post(String path, String key) throws Exception {
        return client.send(client.to(path)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build());
    }

    @Test
    void aWorkerMayServeItsFolderAndNotAllOfTheOrigin() throws Exception {
        assertThat(worker("/app/sw.js").statusCode()).isEqualTo(201);
        HttpResponse<String> ofAll = worker("/sw.js");

        assertThat(ofAll.statusCode()).isEqualTo(403);
        assertThat(ofAll.body()).contains("/problems/forbidden");
        assertThat(client.get("/sw.js").statusCode()).isEqualTo(201);
    }

    private static HttpResponse<String> worker(String path) throws Exception {
        return client.send(client.to(path).header("Service-Worker", "script").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/", "/console/main.js", "/console/a/b"})
    void aRouteForEverythingDoesNotTakeTheConsole(String path) throws Exception {
        int before = upstream.asked().size();
        HttpResponse<String> answer = client.get(path);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .contains("http://127.0.0.1:" + service.adminPort() + "/console");
        assertThat(upstream.asked()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console;x",
                "/%63onsole",
                "/%2563onsole",
                "//console",
                "/console%2fmain.js",
                "/app/..%2fconsole",
                "/./console"
            })
    void norInAnotherSpelling(String target) throws Exception {
        int before = upstream.asked().size();
        try (RawConnection connection = new RawConnection(service.port())) {
            connection.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(connection.untilItsEnd()).startsWith("HTTP/1.1 4");
        }
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    void othersMethodsDoNotReachAnUpstreamThereEither() throws Exception {
        int before = upstream.asked().size();

        assertThat(post("/console", "k").statusCode()).isEqualTo(405);
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    @NeedsPrograms({"chromium", "chromedriver"})
    void anUpstreamsPageCannotComeBetweenABrowserAndTheConsole() {
        upstream.will((asked, response, callback) -> {
            boolean isScript = asked.target().endsWith(".js");
            response.getHeaders().put("Content-Type", isScript ? "text/javascript" : "text/html");
            response.getHeaders().put("Service-Worker-Allowed", "/");
            Upstream.write(response, isScript ? WORKER : "<!doctype html><title>shop</title>", callback);
        });
        try (Browser browser = new Browser()) {
            browser.open("http://127.0.0.1:" + service.port() + "/app/page");

            assertThat(browser.said(registering("/app/sw.js", "/app/"))).isEqualTo("registered");
            for (String scope : List.of("/", "/console", "/console/")) {
                assertThat(browser.said(registering("/app/sw.js", scope))).startsWith("SecurityError");
                assertThat(browser.said(registering("/sw.js", scope))).doesNotContain("registered");
            }
            browser.open("http://127.0.0.1:" + service.port() + "/console");
            browser.awaitVisible("login");
            assertThat(browser.address()).isEqualTo("http://127.0.0.1:" + service.adminPort() + "/console");
        } finally {
            upstream.will((asked, response, callback) -> claimAll(upstream, asked, response, callback));
        }
    }

    private static String registering(String script, String scope) {
        return "navigator.serviceWorker.register('" + script + "', { scope: '" + scope + "' })"
                + ".then(() => done('registered'), (refusal) => done(refusal.name));";
    }
}
