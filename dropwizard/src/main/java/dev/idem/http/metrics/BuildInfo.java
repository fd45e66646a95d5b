package dev.idem.http.metrics;

import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Objects;

/** Which build runs, and on what: {@code idempotency_build_info}. */
final class BuildInfo {
    private BuildInfo() {}

    static void show(PrometheusRegistry prometheus) {
        Info.builder()
                .name("idempotency_build_info")
                .help("Always 1; its labels say which version of this layer runs, and on which Java")
                .labelNames("version", "java")
                .register(prometheus)
                .addLabelValues(
                        Objects.requireNonNullElse(BuildInfo.class.getPackage().getImplementationVersion(), "unknown"),
                        Runtime.version().toString());
    }
}
