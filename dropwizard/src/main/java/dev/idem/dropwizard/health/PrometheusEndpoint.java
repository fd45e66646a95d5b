package dev.idem.dropwizard.health;

import com.codahale.metrics.MetricRegistry;
import dev.idem.dropwizard.admin.AdminPages;
import dev.idem.dropwizard.admin.AdminParts;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** {@code /prometheus} on the admin port: the metrics of the layer and of the application. */
public final class PrometheusEndpoint {
    private static final String NAME = "prometheus";

    private final PrometheusRegistry shown = new PrometheusRegistry();

    /** @param prometheus of the layer */
    public PrometheusEndpoint(PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        shown.register(new ShownMetrics(prometheus, dropwizard));
    }

    /** An application that has a page of its own there finds this one under its servlet's name. */
    public void register(AdminPages pages, AdminParts parts) {
        String name = parts.name(NAME);
        PrometheusMetricsServlet servlet = new PrometheusMetricsServlet(shown);
        if (name.equals(NAME)) {
            pages.add(name, servlet, '/' + NAME);
        } else {
            pages.add(name, servlet, '/' + NAME, '/' + name);
        }
    }
}
