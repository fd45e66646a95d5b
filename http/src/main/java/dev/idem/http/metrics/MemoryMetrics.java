package dev.idem.http.metrics;

import dev.idem.http.memory.BodyMemory;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Shows the use of the body memory. */
final class MemoryMetrics {
    private MemoryMetrics() {}

    static void register(BodyMemory memory, PrometheusRegistry prometheus) {
        GaugeWithCallback.builder()
                .name("idempotency_body_memory_bytes")
                .help("Body memory in use by current requests")
                .callback(gauge -> gauge.call((double) memory.held()))
                .register(prometheus);
        GaugeWithCallback.builder()
                .name("idempotency_body_memory_limit_bytes")
                .help("Body memory of this process")
                .callback(gauge -> gauge.call((double) memory.limit()))
                .register(prometheus);
        CounterWithCallback.builder()
                .name("idempotency_overloaded_total")
                .help("Requests refused because the body memory was full")
                .callback(counter -> counter.call((double) memory.refused()))
                .register(prometheus);
    }
}
