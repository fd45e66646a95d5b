package dev.idem.dropwizard.tested;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.dropwizard.admin.AdminPages;
import dev.idem.dropwizard.admin.AdminParts;
import dev.idem.dropwizard.admin.AdminParts.Part;
import dev.idem.dropwizard.health.HealthEndpoints;
import dev.idem.dropwizard.health.PrometheusEndpoint;
import dev.idem.dropwizard.health.Readiness;
import dev.idem.dropwizard.health.ReadinessHealthCheck;
import dev.idem.http.IdempotencyRuntime;
import io.dropwizard.core.setup.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin port of an application in a test, whose records are in memory: what needs neither store is there. */
public record TestedEndpoints(IdempotencyRuntime runtime, Environment environment, AdminParts parts) {
    private static final Logger log = LoggerFactory.getLogger(TestedEndpoints.class);
    private static final String IN_MEMORY =
            "the idempotency layer keeps its records in the memory of this process, for a test: they end with it";

    public void add(Readiness readiness) {
        log.warn(IN_MEMORY);
        AdminPages pages = new AdminPages(environment);
        HealthEndpoints health = new HealthEndpoints(readiness);
        health.watch(environment.lifecycle(), runtime.prometheus());
        if (parts.has(Part.HEALTH_CHECKS)) {
            environment.healthChecks().register(parts.name("records"), new InMemory());
            environment.healthChecks().register(parts.name("readiness"), new ReadinessHealthCheck(readiness));
        }
        if (parts.has(Part.HEALTH_PAGES)) {
            health.register(pages, parts, environment);
        }
        if (parts.has(Part.METRICS)) {
            new PrometheusEndpoint(runtime.prometheus(), environment.metrics()).register(pages, parts);
        }
    }

    private static final class InMemory extends HealthCheck {
        @Override
        protected Result check() {
            return Result.healthy(IN_MEMORY);
        }
    }
}
