package dev.idem.gateway.exchange;

import dev.idem.gateway.upstream.UpstreamFailure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The gateway's own metrics, besides those of all protected routes. Thread-safe. */
public final class GatewayMetrics {
    /** A client's fault is not an upstream failure. */
    private static final Set<UpstreamFailure.Kind> OF_UPSTREAMS =
            EnumSet.complementOf(EnumSet.of(UpstreamFailure.Kind.HEAD_TOO_LARGE));

    private final PrometheusRegistry prometheus;
    private final Counter passed;
    private final Counter failures;

    public GatewayMetrics(PrometheusRegistry prometheus) {
        this.prometheus = prometheus;
        this.passed = Counter.builder()
                .name("idempotency_gateway_passed_total")
                .help("Requests of methods that are not protected, by the prefix of their route")
                .labelNames("route")
                .register(prometheus);
        this.failures = Counter.builder()
                .name("idempotency_gateway_failures_total")
                .help("Requests without a response from their upstream, by what may have happened")
                .labelNames("route", "kind")
                .register(prometheus);
    }

    /**
     * Exports which upstreams are available. Called once.
     *
     * @param upstreams the current ones by address, and whether each is available
     */
    public void watchUpstreams(Supplier<Map<String, Boolean>> upstreams) {
        GaugeWithCallback.builder()
                .name("idempotency_gateway_upstream_available")
                .help("1 while an upstream is available, 0 while its circuit breaker is open")
                .labelNames("upstream")
                .callback(gauge -> upstreams.get().forEach((upstream, asked) -> gauge.call(asked ? 1 : 0, upstream)))
                .register(prometheus);
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
