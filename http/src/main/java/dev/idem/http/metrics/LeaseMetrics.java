package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.record.Lease;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Leases that were taken over, and completions that came too late. Thread-safe. */
final class LeaseMetrics {
    private final List<String> stores;
    private final MetricRegistry dropwizard;
    private final Counter recovered;
    private final Counter fenced;

    /** @param stores the names of those that grant leases */
    LeaseMetrics(List<String> stores, PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        this.stores = List.copyOf(stores);
        this.dropwizard = dropwizard;
        this.recovered = Counter.builder()
                .name("idempotency_stale_locks_recovered_total")
                .help("Stale records that another owner took over")
                .labelNames("store", "route")
                .register(prometheus);
        this.fenced = Counter.builder()
                .name("idempotency_fenced_total")
                .help("Late completions refused because another owner had taken over")
                .labelNames("store", "route")
                .register(prometheus);
    }

    void routeAdded(String route) {
        for (String store : stores) {
            recovered.initLabelValues(store, route);
            fenced.initLabelValues(store, route);
        }
    }

    void staleRecovered(Lease lease) {
        recovered.labelValues(lease.store(), routeOf(lease)).inc();
        dropwizard.counter(IdempotencyMetrics.PREFIX + "stale-locks-recovered").inc();
    }

    void fenced(Lease lease) {
        fenced.labelValues(lease.store(), routeOf(lease)).inc();
        dropwizard.counter(IdempotencyMetrics.PREFIX + "fenced").inc();
    }

    private static String routeOf(Lease lease) {
        return lease.request().origin().route();
    }
}
