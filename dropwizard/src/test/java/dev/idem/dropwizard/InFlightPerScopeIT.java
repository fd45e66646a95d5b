package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application whose callers may have one request in flight each. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the field
final class InFlightPerScopeIT {
    private Effects slow;
    private TestService service;

    /** Accepts requests of unauthenticated callers. */
    @Path("/open")
    public static final class Open {
        private final Effects effects;

        Open(Effects effects) {
            this.effects = effects;
        }

        @POST
        @Idempotent(anonymous = true)
        public String create() throws InterruptedException {
            return effects.slow();
        }
    }

    @BeforeEach
    void start(TestRedis redis, TestDatabase database) throws Exception {
        slow = new Effects();
        service = TestService.start(
                redis, database, "{ policy: { maxInFlightPerScope: 1, keyFormat: any, wait: 20s } }", new Open(slow));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aNewKeyIsRefusedAndARepeatWaits() throws Exception {
        CountDownLatch gate = service.effects().close();
        CompletableFuture<HttpResponse<String>> first = service.sendLater(service.post("/effects/slow", "first", "{}"));
        await().until(() -> service.effects().count() == 1);
        CompletableFuture<HttpResponse<String>> repeat =
                service.sendLater(service.post("/effects/slow", "first", "{}"));

        HttpResponse<String> refused = service.post("/effects", "new");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.headers().firstValue("Idempotency-Key")).hasValue("new");
        assertThat(refused.body())
                .contains("\"type\":\"/problems/too-many-in-flight\"", "\"retryable\":true", "\"new\"");
        gate.countDown();
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(repeat.join().body()).isEqualTo(first.join().body());
        assertThat(service.effects().count()).isEqualTo(1);
        assertThat(service.post("/effects", "new").statusCode()).isEqualTo(201);
    }

    @Test
    void aRequestThatFailsGivesItsPlaceBack() throws Exception {
        for (String path :
                new String[] {"/effects/throws", "/effects/valid", "/effects/unwritable", "/effects/bytes?size=2000000"
                }) {
            assertThat(service.post(path, path).statusCode()).isBetween(200, 599);
        }
        assertThat(service.post("/effects", "afterwards").statusCode()).isEqualTo(201);
    }

    @Test
    void strangersWhoShareAScopeHaveNoBound() throws Exception {
        CountDownLatch gate = slow.close();
        CompletableFuture<HttpResponse<String>> one = service.sendLater(anonymous("one"));
        CompletableFuture<HttpResponse<String>> other = service.sendLater(anonymous("other"));

        await().until(() -> slow.count() == 2);

        gate.countDown();
        assertThat(one.join().statusCode()).isEqualTo(200);
        assertThat(other.join().statusCode()).isEqualTo(200);
    }

    private HttpRequest anonymous(String key) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/open"))
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.noBody())
                .build();
    }

    @Test
    void theProblemHasAPage() throws Exception {
        HttpResponse<String> page =
                service.send(service.request("/problems/too-many-in-flight").build());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("429");
    }
}
