package dev.idem.dropwizard.health;

import io.dropwizard.core.setup.AdminEnvironment;
import io.dropwizard.core.setup.Environment;
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

    /** @param prometheus gets {@code idempotency_not_ready}, 1 for each reason that holds now */
    public void register(Environment environment, PrometheusRegistry prometheus) {
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
        AdminEnvironment admin = environment.admin();
        add(admin, "/health/live", new ProbePage("alive", "dead", Map::of));
        add(admin, "/health/ready", new ProbePage("ready", "not_ready", readiness::reasons));
        if (admin.isHealthCheckServletEnabled()) {
            admin.addServlet("healthcheck", new HealthPage(environment.healthChecks()))
                    .addMapping("/healthcheck");
        }
        environment.healthChecks().register("readiness", new ReadinessHealthCheck(readiness));
        environment.lifecycle().addServerLifecycleListener(server -> readiness.end(Readiness.Reason.STARTING));
    }

    private static void add(AdminEnvironment admin, String path, ProbePage page) {
        admin.addServlet(path, page).addMapping(path);
    }
}
