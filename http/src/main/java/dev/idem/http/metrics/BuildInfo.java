package dev.idem.http.metrics;

import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Objects;

/** The running build and its Java version: {@code idempotency_build_info}. */
final class BuildInfo {
    private BuildInfo() {}

    static void show(PrometheusRegistry prometheus) {
        Info.builder()
                .name("idempotency_build_info")
                .help("Always 1; the labels are the version of this layer and of Java")
                .labelNames("version", "java")
                .register(prometheus)
                .addLabelValues(
                        Objects.requireNonNullElse(BuildInfo.class.getPackage().getImplementationVersion(), "unknown"),
                        Runtime.version().toString());
    }
}
