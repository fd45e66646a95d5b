package dev.idem.dropwizard.health;

import dev.idem.dropwizard.admin.AdminPages;
import dev.idem.dropwizard.admin.AdminParts;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.Set;

/**
 * The health pages of the admin port: {@code /health/live} for supervisors, {@code /health/ready} for load balancers, {@code
 * /healthcheck} for people.
 */
public final class HealthEndpoints {
    private final Readiness readiness;

    public HealthEndpoints(Readiness readiness) {
        this.readiness = readiness;
    }

    /**
     * Makes the node ready when its server has started.
     *
     * @param prometheus gets {@code idempotency_not_ready}, 1 for each reason that holds now
     */
    public void watch(LifecycleEnvironment lifecycle, PrometheusRegistry prometheus) {
        GaugeWithCallback.builder()
                .name("idempotency_not_ready")
                .help("Whether this node has this reason against taking requests")
                .labelNames("reason")
                .callback(gauge -> {
                    Set<Readiness.Reason> now = readiness.reasons().keySet();
                    for (Readiness.Reason reason : Readiness.Reason.values()) {
                        gauge.call(now.contains(reason) ? 1 : 0, reason.label());
                    }
                })
                .register(prometheus);
        lifecycle.addServerLifecycleListener(server -> readiness.end(Readiness.Reason.STARTING));
    }

    public void register(AdminPages pages, AdminParts parts, Environment environment) {
        pages.add(parts.name("live"), new ProbePage("alive", "dead", Map::of), "/health/live");
        pages.add(parts.name("ready"), new ProbePage("ready", "not_ready", readiness::reasons), "/health/ready");
        if (environment.admin().isHealthCheckServletEnabled()) {
            pages.add(parts.name("healthcheck"), new HealthPage(environment.healthChecks()), "/healthcheck");
        }
    }
}
