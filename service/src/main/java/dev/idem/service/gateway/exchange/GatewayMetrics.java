package dev.idem.service.gateway.exchange;

import dev.idem.service.gateway.upstream.UpstreamFailure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** What operators measure of the gateway, beside what is counted for all protected routes. Thread-safe. */
public final class GatewayMetrics {
    private final Counter passed;
    private final Counter failures;

    public GatewayMetrics(PrometheusRegistry prometheus) {
        this.passed = Counter.builder()
                .name("idempotency_gateway_passed_total")
                .help("Requests of methods that are not protected, by the prefix of their route")
                .labelNames("route")
                .register(prometheus);
        this.failures = Counter.builder()
                .name("idempotency_gateway_failures_total")
                .help("Requests without an answer of their upstream, by what may have happened")
                .labelNames("route", "kind")
                .register(prometheus);
    }

    void passed(String prefix) {
        passed.labelValues(prefix).inc();
    }

    void failed(String prefix, UpstreamFailure.Kind kind) {
        failures.labelValues(prefix, kind.name().toLowerCase(Locale.ROOT)).inc();
    }
}
