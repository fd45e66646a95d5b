package dev.idem.gateway.exchange;

import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.metrics.PrometheusMetrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The gateway's own metrics, besides those of all protected routes. Thread-safe. */
public final class GatewayMetrics {
    /** A client's fault is not an upstream failure. */
    private static final Set<UpstreamFailure.Kind> OF_UPSTREAMS =
            EnumSet.complementOf(EnumSet.of(UpstreamFailure.Kind.HEAD_TOO_LARGE));

    private final PrometheusMetrics prometheus;
    private final Counter passed;
    private final Counter failures;

    public GatewayMetrics(PrometheusRegistry prometheus) {
        this.prometheus = new PrometheusMetrics(prometheus);
        this.passed = this.prometheus.counter(
                "idempotency_gateway_passed_total",
                "Requests of methods that are not protected, by the prefix of their route",
                "route");
        this.failures = this.prometheus.counter(
                "idempotency_gateway_failures_total",
                "Requests without a response from their upstream, by what may have happened",
                "route",
                "kind");
    }

    /**
     * Exports which upstreams are available. Called once.
     *
     * @param upstreams the current ones by address, and whether each is available
     */
    public void watchUpstreams(Supplier<Map<String, Boolean>> upstreams) {
        prometheus.gauge(
                "idempotency_gateway_upstream_available",
                "1 while an upstream is available, 0 while its circuit breaker is open",
                "upstream",
                () -> upstreams.get().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, upstream -> upstream.getValue() ? 1 : 0)));
    }

    /** Creates a route's counters at zero, since a counter that appears with an event hides that event from increases. */
    void routeUsed(String prefix) {
        passed.initLabelValues(prefix);
        for (UpstreamFailure.Kind kind : OF_UPSTREAMS) {
            failures.initLabelValues(prefix, label(kind));
        }
    }

    void passed(String prefix) {
        passed.labelValues(prefix).inc();
    }

    void failed(String prefix, UpstreamFailure.Kind kind) {
        if (OF_UPSTREAMS.contains(kind)) {
            failures.labelValues(prefix, label(kind)).inc();
        }
    }

    private static String label(UpstreamFailure.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
