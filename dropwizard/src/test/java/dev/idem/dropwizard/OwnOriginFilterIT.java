package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application with its own CORS filter: refusals and replays pass through it, too. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OwnOriginFilterIT {
    private static final String ALLOW = "Access-Control-Allow-Origin";
    private static final String APP = "https://app.example";
    private static final String OTHER = "https://other.example";

    /** The possible places of such a filter. */
    private enum Place {
        BEFORE_JERSEY,
        IN_JERSEY
    }

    private final TestService before;
    private final TestService within;

    OwnOriginFilterIT(TestRedis redis, TestDatabase database, TestRedis another, TestDatabase anothers)
            throws Exception {
        String rules = "policy: { keyRequired: true, keyFormat: any, wait: 0s, maxRequestBody: 16B }";
        before = TestService.start(redis, database, rules, new ServletFilter());
        within = TestService.start(another, anothers, rules, new ResponseFilter());
    }

    @AfterAll
    void close() {
        before.close();
        within.close();
    }

    private TestService at(Place place) {
        return place == Place.BEFORE_JERSEY ? before : within;
    }

    private static HttpResponse<String> ask(TestService service, String path, String key, String body, String origin)
            throws Exception {
        return service.send(service.request(path)
                .header("Idempotency-Key", key)
                .header("Origin", origin)
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static void assertReadable(HttpResponse<String> answer, int status, String origin) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().allValues(ALLOW)).containsExactly(origin);
        assertThat(String.join(",", answer.headers().allValues("Access-Control-Expose-Headers")))
                .contains("Idempotency-Key", "Idempotent-Replayed", "Retry-After");
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void refusalsPassThroughIt(Place place) throws Exception {
        TestService service = at(place);
        ask(service, "/effects", "reused", "{}", APP);

        assertReadable(ask(service, "/effects", "reused", "{\"a\":1}", APP), 422, APP);
        assertReadable(ask(service, "/effects", "reused".repeat(50), "{}", APP), 400, APP);
        assertReadable(ask(service, "/effects", "large", "\"" + "a".repeat(20) + "\"", APP), 413, APP);
        assertReadable(ask(service, "/effects/throws", "throws", "{}", APP), 500, APP);
        assertReadable(
                service.send(service.request("/effects")
                        .header("Origin", APP)
                        .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                        .build()),
                400,
                APP);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void theRefusalOfARepeatThatComesTooSoonPassesThroughIt(Place place) throws Exception {
        TestService service = at(place);
        service.effects().forget();
        CountDownLatch gate = service.effects().close();
        var first = service.sendLater(service.post("/effects/slow", "slow-" + place, "{}"));
        Awaitility.await().until(() -> service.effects().count() == 1);

        assertReadable(ask(service, "/effects/slow", "slow-" + place, "{}", OTHER), 409, OTHER);

        gate.countDown();
        assertThat(first.get().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aReplayIsForTheOriginThatAsks(Place place) throws Exception {
        TestService service = at(place);

        assertReadable(ask(service, "/effects", "replayed", "{}", APP), 201, APP);
        HttpResponse<String> replay = ask(service, "/effects", "replayed", "{}", OTHER);

        assertReadable(replay, 201, OTHER);
        assertThat(replay.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void theLayerDoesNotSpeakBesideIt(TestRedis redis, TestDatabase database) {
        assertThatThrownBy(() -> TestService.start(redis, database, "policy: { cors: { origins: '*' } }")
                        .close())
                .hasStackTraceContaining("idempotency.policy.cors must be left out");
    }

    private static final class ServletFilter extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            response.setHeader(ALLOW, request.getHeader("Origin"));
            chain.doFilter(request, response);
        }
    }

    private static final class ResponseFilter implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            response.getHeaders().add(ALLOW, request.getHeaderString("Origin"));
        }
    }
}
