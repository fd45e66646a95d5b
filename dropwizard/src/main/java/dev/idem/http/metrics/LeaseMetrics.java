package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.record.Lease;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.postgres.PostgresStore;
import dev.idem.redis.RedisStore;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Owners that died, and owners that came too late. Thread-safe. */
final class LeaseMetrics {
    private static final List<String> STORES = List.of(RedisStore.NAME, PostgresStore.NAME, MemoryStore.NAME);

    private final MetricRegistry dropwizard;
    private final Counter recovered;
    private final Counter fenced;

    LeaseMetrics(PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        this.dropwizard = dropwizard;
        this.recovered = Counter.builder()
                .name("idempotency_stale_locks_recovered_total")
                .help("Records taken over from owners that died")
                .labelNames("store", "route")
                .register(prometheus);
        this.fenced = Counter.builder()
                .name("idempotency_fenced_total")
                .help("Late answers refused because another owner had taken over")
                .labelNames("store", "route")
                .register(prometheus);
    }

    void routeAdded(String route) {
        for (String store : STORES) {
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
