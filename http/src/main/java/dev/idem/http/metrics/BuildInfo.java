package dev.idem.http.metrics;

import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The running build and its Java version: {@code idempotency_build_info}. */
final class BuildInfo {
    private BuildInfo() {}

    static void show(PrometheusRegistry prometheus) {
        Info.builder()
                .name("idempotency_build_info")
                .help("Always 1; the labels are the version of this layer and of Java")
                .labelNames("version", "java")
                .register(prometheus)
                .addLabelValues(version(), Runtime.version().toString());
    }

    private static String version() {
        Properties build = new Properties();
        try (InputStream file = Objects.requireNonNull(BuildInfo.class.getResourceAsStream("build.properties"))) {
            build.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("version");
    }
}
