package dev.idem.dropwizard.health;

import com.codahale.metrics.MetricRegistry;
import dev.idem.http.metrics.IdempotencyMetrics;
import io.dropwizard.core.setup.AdminEnvironment;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** {@code /prometheus} on the admin port: the metrics of the layer and of the application. */
public final class PrometheusEndpoint {
    private static final String PATH = "/prometheus";

    private final PrometheusRegistry prometheus;

    public PrometheusEndpoint(PrometheusRegistry prometheus) {
        this.prometheus = prometheus;
    }

    public void register(AdminEnvironment admin, MetricRegistry dropwizard) {
        DropwizardExports.builder()
                .dropwizardRegistry(dropwizard)
                // The layer's own are already registered, with labels.
                .metricFilter((name, metric) -> !name.startsWith(IdempotencyMetrics.PREFIX))
                .register(prometheus);
        admin.addServlet("prometheus", new PrometheusMetricsServlet(prometheus)).addMapping(PATH);
    }
}
