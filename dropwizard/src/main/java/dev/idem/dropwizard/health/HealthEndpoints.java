package dev.idem.dropwizard.health;

import io.dropwizard.core.setup.AdminEnvironment;
import io.dropwizard.core.setup.Environment;
import java.util.Map;

/**
 * The health pages of the admin port: {@code /health/live} for supervisors, {@code /health/ready} for load balancers, {@code
 * /healthcheck} for people.
 */
public final class HealthEndpoints {
    private final Readiness readiness;

    public HealthEndpoints(Readiness readiness) {
        this.readiness = readiness;
    }

    public void register(Environment environment) {
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
