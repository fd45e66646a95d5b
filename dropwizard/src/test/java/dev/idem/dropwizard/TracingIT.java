package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.embedded.process.FreePort;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The spans that an OpenTelemetry collector receives of a request. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class TracingIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    private final String key = TestService.newKey();
    private final TestRedis redis;
    private final TestDatabase database;
    private Collector collector;

    TracingIT(TestRedis redis, TestDatabase database) {
        this.redis = redis;
        this.database = database;
    }

    @BeforeEach
    void start() throws Exception {
        collector = new Collector();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    /** Stopping the service sends the last batch. */
    private TestService traced(String more) throws Exception {
        return TestService.start(
                redis, database, "{ tracing: { endpoint: '" + collector.endpoint() + "'" + more + " } }");
    }

    private HttpResponse<String> post(TestService service, String path, String flags) throws Exception {
        return service.send(service.request(path)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + TRACE + '-' + CALLER + '-' + flags)
                .POST(BodyPublishers.ofString("{}"))
                .build());
    }

    private Span one(String name) {
        assertThat(collector.named(name)).hasSize(1);
        return collector.named(name).get(0);
    }

    @Test
    void anExecutionHasThreeSpansOfItsCallersTrace() throws Exception {
        try (TestService service = traced("")) {
            post(service, "/effects", "01");
        }

        for (String name : new String[] {"idempotency.claim", "idempotency.execute", "idempotency.complete"}) {
            assertThat(Collector.hex(one(name).getTraceId())).isEqualTo(TRACE);
            assertThat(Collector.hex(one(name).getParentSpanId())).isEqualTo(CALLER);
        }
        Span execution = one("idempotency.execute");
        assertThat(Collector.attribute(one("idempotency.claim"), "idempotency.outcome"))
                .isEqualTo("executed");
        assertThat(Collector.attribute(execution, "idempotency.store")).isEqualTo("redis");
        assertThat(Collector.attribute(execution, "idempotency.route")).isEqualTo("POST /effects");
        assertThat(Collector.attribute(execution, "idempotency.attempt")).isEqualTo("1");
        assertThat(Collector.attribute(one("idempotency.complete"), "idempotency.settlement"))
                .isEqualTo("stored");
        assertThat(execution.getStartTimeUnixNano())
                .isGreaterThanOrEqualTo(one("idempotency.claim").getStartTimeUnixNano());
        assertThat(one("idempotency.complete").getStartTimeUnixNano())
                .isGreaterThanOrEqualTo(execution.getEndTimeUnixNano());
    }

    @Test
    void withoutATraceTheClaimBeginsOne() throws Exception {
        try (TestService service = traced("")) {
            service.post("/effects", key);
        }

        Span claim = one("idempotency.claim");
        assertThat(claim.getParentSpanId()).isEmpty();
        assertThat(one("idempotency.execute").getParentSpanId()).isEqualTo(claim.getSpanId());
        assertThat(one("idempotency.complete").getTraceId()).isEqualTo(claim.getTraceId());
    }

    @Test
    void aReplayIsAClaimAndNoMore() throws Exception {
        try (TestService service = traced("")) {
            service.post("/effects", key);
            service.post("/effects", key);
            service.post("/effects", "abc");
        }

        assertThat(collector.named("idempotency.claim"))
                .extracting(span -> Collector.attribute(span, "idempotency.outcome"))
                .containsExactly("executed", "replayed");
        assertThat(collector.named("idempotency.execute")).hasSize(1);
    }

    @Test
    void aHandlerThatFailsIsAnErrorAndItsKeyIsFree() throws Exception {
        try (TestService service = traced("")) {
            assertThat(post(service, "/effects/throws", "01").statusCode()).isEqualTo(500);
        }

        assertThat(one("idempotency.execute").getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(Collector.attribute(one("idempotency.complete"), "idempotency.settlement"))
                .isEqualTo("abandoned");
    }

    @Test
    void whatItsCallerDoesNotSampleIsNotSent() throws Exception {
        try (TestService service = traced("")) {
            assertThat(post(service, "/effects", "00").statusCode()).isEqualTo(201);
        }
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void noneIsSampledOnDemand() throws Exception {
        try (TestService service = traced(", sampled: 0.0")) {
            service.post("/effects", key);
        }
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void noSpanHasAKeyOrACaller() throws Exception {
        try (TestService service = traced("")) {
            service.post("/effects", key);
        }
        assertThat(collector.spans()).hasSize(3).allSatisfy(span -> assertThat(span.toString())
                .doesNotContain(key)
                .doesNotContain("ann"));
    }

    @Test
    void aCollectorThatIsGoneHindersNobody() throws Exception {
        try (TestService service = TestService.start(
                redis,
                database,
                "{ tracing: { endpoint: 'http://127.0.0.1:" + FreePort.any() + "/v1/traces', timeout: 100ms } }")) {
            assertThat(service.post("/effects", key).statusCode()).isEqualTo(201);
            await().untilAsserted(() -> assertThat(
                            service.post("/effects", key).headers().firstValue("Idempotent-Replayed"))
                    .contains("true"));
        }
    }
}
