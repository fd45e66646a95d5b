package dev.idem.dropwizard.grown;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.servlets.tasks.Task;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** What the application's operators have had for years, under the names that come to mind first. */
final class OwnOperations {
    static final String OWN = "the application's own";

    private final String metricsAt;

    /** @param metricsAt where its own page of metrics is */
    OwnOperations(String metricsAt) {
        this.metricsAt = metricsAt;
    }

    void install(Environment environment) {
        for (String name : List.of("postgresql", "redis", "schema", "rollout", "readiness")) {
            environment.healthChecks().register(name, new Check());
        }
        environment.admin().addTask(new OwnTask("rollout"));
        environment.admin().addServlet("prometheus", new Page()).addMapping(metricsAt);
        environment.admin().addServlet("ready", new Page()).addMapping("/health/ready/*");
        measure(environment.metrics());
    }

    private static void measure(MetricRegistry metrics) {
        metrics.counter("payments.total").inc(3);
        metrics.timer("payments");
        metrics.counter("idempotency.orders").inc(7);
        metrics.meter("idempotency.wait_seconds").mark();
        metrics.register("broken", (Gauge<Integer>) () -> {
            throw new IllegalStateException("not measured");
        });
        metrics.register("words", (Gauge<String>) () -> "not a number");
    }

    private static final class Check extends HealthCheck {
        @Override
        protected Result check() {
            return Result.healthy(OWN);
        }
    }

    private static final class OwnTask extends Task {
        OwnTask(String name) {
            super(name);
        }

        @Override
        public void execute(Map<String, List<String>> parameters, PrintWriter output) {
            output.println(OWN);
        }
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(OWN);
        }
    }
}
