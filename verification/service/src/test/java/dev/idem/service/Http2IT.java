package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service's own API, and its admin port, over HTTP/2 without TLS. */
@ExtendWith(ServersExtension.class)
final class Http2IT {
    private static final int AT_ONCE = 20;

    @Test
    void sharesAreMadeOnceOverOneConnectionAndOriginsCompared(TestRedis redis, TestDatabase database) throws Exception {
        try (RunningService service = new RunningService(
                redis,
                database,
                "server.applicationConnectors[0].type",
                "h2c",
                "server.adminConnectors[0].type",
                "h2c")) {
            assertThatOriginsAreCompared(service.admin());
            Api api = service.api(); // it asks for HTTP/2
            assertOverHttp2(api.get("/openapi.json"), 200);
            String token = api.login(RunningService.ANN, RunningService.PASSWORD);
            String key = UUID.randomUUID().toString();

            List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> api.shareLater(token, key, Api.REDDIT))
                    .toList();

            for (CompletableFuture<HttpResponse<String>> each : all) {
                assertOverHttp2(each.get(), 201);
                assertThat(each.get().body()).isEqualTo(all.get(0).get().body());
            }
            assertThat(Api.json(api.get(token, "/api/v1/shares")).get("items")).hasSize(1);
            assertOverHttp2(api.share(token, key, Api.TIKTOK), 422);
            assertOverHttp2(
                    api.send(api.request("/api/v1/shares")
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(new byte[3 << 20]))
                            .build()),
                    413);
        }
    }

    private static void assertThatOriginsAreCompared(Api admin) throws Exception {
        assertOverHttp2(admin.get("/health/ready"), 200);
        assertOverHttp2(gc(admin, admin.base()), 200);
        assertOverHttp2(gc(admin, "http://evil.example"), 403);
    }

    private static HttpResponse<String> gc(Api admin, String origin) throws Exception {
        HttpRequest task = admin.request("/tasks/gc")
                .header("Origin", origin)
                .POST(BodyPublishers.noBody())
                .build();
        return admin.send(task);
    }

    private static void assertOverHttp2(HttpResponse<String> answer, int status) {
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }
}
