package dev.idem.http.metrics;

import dev.idem.core.record.Lease;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;

/** Leases that were taken over, and completions that came too late. Thread-safe. */
final class LeaseMetrics {
    private final List<String> stores;
    private final Registries registries;
    private final Counter recovered;
    private final Counter fenced;

    /** @param stores the names of those that grant leases */
    LeaseMetrics(List<String> stores, Registries registries) {
        this.stores = List.copyOf(stores);
        this.registries = registries;
        this.recovered = registries
                .prometheus()
                .counter(
                        "idempotency_stale_locks_recovered_total",
                        "Stale records that another owner took over",
                        "store",
                        "route");
        this.fenced = registries
                .prometheus()
                .counter(
                        "idempotency_fenced_total",
                        "Late completions refused because another owner had taken over",
                        "store",
                        "route");
    }

    /** What alerts watch. */
    void routeAdded(String route) {
        stores.forEach(store -> fenced.initLabelValues(store, route));
    }

    void routeUsed(String route) {
        routeAdded(route);
        stores.forEach(store -> recovered.initLabelValues(store, route));
    }

    void staleRecovered(Lease lease) {
        recovered.labelValues(lease.store(), routeOf(lease)).inc();
        registries.plain("stale-locks-recovered").inc();
    }

    void fenced(Lease lease) {
        fenced.labelValues(lease.store(), routeOf(lease)).inc();
        registries.plain("fenced").inc();
    }

    private static String routeOf(Lease lease) {
        return lease.request().origin().route();
    }
}
