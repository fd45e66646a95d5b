package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck.Result;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.codahale.metrics.json.HealthCheckModule;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.SortedMap;

/**
 * All health checks, for people. Unlike Dropwizard's own page, it is an error only if a check fails that is not {@link Degraded}:
 * a load balancer that asks this page must not take all nodes out because a store is away.
 */
final class HealthPage extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient HealthCheckRegistry checks;
    private final transient ObjectMapper mapper = new ObjectMapper().registerModule(new HealthCheckModule());

    HealthPage(HealthCheckRegistry checks) {
        this.checks = checks;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SortedMap<String, Result> results = checks.runHealthChecks();
        boolean serves = results.values().stream().allMatch(result -> result.isHealthy() || Degraded.is(result));
        response.setStatus(serves ? HttpServletResponse.SC_OK : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        ObjectWriter writer = Boolean.parseBoolean(request.getParameter("pretty"))
                ? mapper.writerWithDefaultPrettyPrinter()
                : mapper.writer();
        response.getOutputStream().write(writer.writeValueAsBytes(results));
    }
}
