package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.embedded.process.FreePort;
import io.dropwizard.testing.ConfigOverride;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An upstream's spans are children of the execution's. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class GatewayTracingIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    @Test
    void theUpstreamIsToldOfTheExecutionInTheCallersTrace(TestRedis redis, TestDatabase database) throws Exception {
        ConfigOverride nobodyListens = ConfigOverride.config(
                "idempotency.tracing.endpoint", "http://127.0.0.1:" + FreePort.any() + "/v1/traces");
        try (Upstream upstream = new Upstream();
                GatewayService service = new GatewayService(
                        redis,
                        database,
                        "- { prefix: /orders, upstream: '%s', timeout: 5s }".formatted(upstream.url()),
                        nobodyListens)) {
            Caller ann = Caller.of(service.port());

            ann.send(ann.order(UUID.randomUUID().toString(), "{}")
                    .header("traceparent", "00-" + TRACE + '-' + CALLER + "-01")
                    .build());

            assertThat(upstream.lastAsked().header("traceparent"))
                    .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
                    .doesNotContain(CALLER);
        }
    }
}
