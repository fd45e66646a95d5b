package dev.idem.http.metrics;

import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.StoredRollout;
import java.util.function.Supplier;

/** Shows the rollout that this node applies to routes without an override. */
final class RolloutMetrics {
    private RolloutMetrics() {}

    static void register(LiveRollout rollout, PrometheusMetrics prometheus) {
        gauge(
                prometheus,
                "percent",
                "Percentage of callers for whom the layer is active; 0 while it is off",
                () -> rollout.settings().all().enabled()
                        ? rollout.settings().all().percentage().percent().doubleValue()
                        : 0);
        gauge(
                prometheus,
                "shadow",
                "1 while the layer only counts",
                () -> rollout.settings().all().shadow() ? 1 : 0);
        gauge(
                prometheus,
                "version",
                "Version of the rollout that this node applies; it grows with each change",
                () -> rollout.stored().map(StoredRollout::version).orElse(0L));
        gauge(
                prometheus,
                "age_seconds",
                "Time since this node last read the rollout from PostgreSQL",
                () -> rollout.age().toMillis() / 1e3);
    }

    private static void gauge(
            PrometheusMetrics prometheus, String name, String help, Supplier<? extends Number> value) {
        prometheus.gauge("idempotency_rollout_" + name, help, value);
    }
}
