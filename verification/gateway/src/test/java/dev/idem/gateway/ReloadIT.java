package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that change while requests come. */
@ExtendWith(ServersExtension.class)
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
final class ReloadIT {
    private Upstream first;
    private Upstream second;
    private GatewayService service;
    private Caller ann;
    private Caller operator;

    @BeforeEach
    void start(TestRedis redis, TestDatabase database) throws Exception {
        first = new Upstream();
        second = new Upstream();
        service = new GatewayService(redis, database, to(first));
        ann = Caller.of(service.port());
        operator = Caller.of(service.adminPort());
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        first.close();
        second.close();
    }

    private static String to(Upstream upstream) {
        return "- { prefix: /orders, upstream: \"" + upstream.url() + "\" }\n";
    }

    private HttpResponse<String> reload() throws Exception {
        return operator.send(operator.to("/tasks/reload-routes")
                .POST(BodyPublishers.noBody())
                .build());
    }

    private HttpResponse<String> post() throws Exception {
        return ann.post(UUID.randomUUID().toString(), "{}");
    }

    @Test
    void otherRoutesHoldFromThenOn() throws Exception {
        post();
        service.write(to(second) + "- { prefix: /more, upstream: \"" + first.url() + "\" }\n");
        HttpResponse<String> reloaded = reload();
        post();

        assertThat(reloaded.statusCode()).isEqualTo(200);
        assertThat(reloaded.body()).isEqualTo("routes: 2\nadded: /more\nchanged: /orders (upstream)\n");
        assertThat(first.asked()).hasSize(1);
        assertThat(second.asked()).hasSize(1);
        assertThat(ann.get("/more").statusCode()).isEqualTo(201);
    }

    @Test
    void aBadFileLeavesTheRoutesAndSaysWhy() throws Exception {
        service.write(to(second) + "- { prefix: /more, upstream: \"ftp://x\" }\n");
        HttpResponse<String> refused = reload();
        service.write("- { prefix: [");
        HttpResponse<String> unreadable = reload();

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("gateway.routes[1].upstream must be");
        assertThat(unreadable.statusCode()).isEqualTo(500);
        assertThat(post().statusCode()).isEqualTo(201);
        assertThat(first.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- { prefix: /a, upstream: 'http://x', jwt: { secret: 'hunter2-hunter2-hunter2-hunter2' }\n",
                "- { prefix: /a, upstream: 'http://x', jwt: 'hunter2-hunter2-hunter2-hunter2' }\n",
                "- { prefix: /a, upstream: 'http://x', timeout: 'hunter2' }\n",
                "- { prefix: /a, upstream: 'http://x', maxConnections: hunter2 }\n",
                "- { prefix: /a, upstream: 'http://x', jwt: { secret: [hunter2] } }\n",
                "- prefix: /a\n  upstream: \"hunter2\\q\"\n",
                "- { prefix: /a, upstream: 'http://bob:hunter2@x' }\n",
                "- { prefix: /a, upstream: 'http://bob:hunter2@x y' }\n",
                "- hunter2: : }\n"
            })
    void whatIsWrongWithAFileIsSaidWithoutItsValues(String routes) throws Exception {
        service.write(routes);
        HttpResponse<String> refused = reload();

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("Routes not reloaded").doesNotContain("hunter2");
        assertThat(post().statusCode()).isEqualTo(201);
    }

    @Test
    void aVariableThatIsNotSetLeavesTheRoutesAndIsNamed() throws Exception {
        service.write(to(second) + """
                - prefix: /paid
                  upstream: "http://user:hunter2@127.0.0.1:1"
                  scope: { jwtClaim: sub }
                  jwt: { secret: "${IDEM_TEST_UNSET_SECRET}" }
                """);
        HttpResponse<String> refused = reload();

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body())
                .contains("gateway.routes[1].jwt.secret has ${IDEM_TEST_UNSET_SECRET}")
                .doesNotContain("hunter2");
        assertThat(post().statusCode()).isEqualTo(201);
        assertThat(first.asked()).hasSize(1);
    }

    @Test
    void allRoutesMayGo() throws Exception {
        service.write("[]\n");

        assertThat(reload().body()).isEqualTo("routes: 0\nremoved: /orders\n");
        assertThat(post().statusCode()).isEqualTo(404);
    }

    @Test
    void aFileThatIsCutOffTakesNoRouteAway() throws Exception {
        for (String end : List.of("gateway:", "  routes:", "    -", "idempotency:", "server:")) {
            service.cutOffBefore(end);
            HttpResponse<String> refused = reload();

            assertThat(refused.statusCode()).as(end).isEqualTo(500);
            assertThat(refused.body()).as(end).containsAnyOf("no longer has", "it must not be empty");
        }
        assertThat(post().statusCode()).isEqualTo(201);
        service.write(to(first));
        assertThat(reload().body()).isEqualTo("routes: 1\nnothing changed\n");
    }

    @Test
    void aRequestUnderWayEndsOnTheOldRoute() throws Exception {
        CompletableFuture<Runnable> finish = new CompletableFuture<>();
        first.will((asked, response, callback) -> finish.complete(() -> first.created(asked, response, callback)));
        CompletableFuture<HttpResponse<String>> underWay =
                ann.postLater(UUID.randomUUID().toString(), "{}");
        finish.get();
        service.write(to(second));
        reload();
        post();
        finish.get().run();

        assertThat(underWay.get().statusCode()).isEqualTo(201);
        assertThat(second.asked()).hasSize(1);
    }

    @Test
    void noRequestIsLostWhileRoutesChange() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread client = new Thread(() -> {
                while (!done.get()) {
                    statuses.add(ann.postLater(UUID.randomUUID().toString(), "{}")
                            .join()
                            .statusCode());
                }
            });
            client.start();
            clients.add(client);
        }
        for (int i = 0; i < 20; i++) {
            service.write(to(i % 2 == 0 ? second : first));
            assertThat(reload().statusCode()).isEqualTo(200);
            int before = statuses.size();
            await().until(() -> statuses.size() > before + 5);
        }
        done.set(true);
        for (Thread client : clients) {
            client.join();
        }

        assertThat(statuses).hasSizeGreaterThan(100).containsOnly(201);
        assertThat(second.asked()).isNotEmpty();
    }
}
