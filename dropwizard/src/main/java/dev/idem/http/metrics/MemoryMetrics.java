package dev.idem.http.metrics;

import dev.idem.http.memory.BodyMemory;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** How full the memory for requests and answers is. */
final class MemoryMetrics {
    private MemoryMetrics() {}

    static void register(BodyMemory memory, PrometheusRegistry prometheus) {
        GaugeWithCallback.builder()
                .name("idempotency_body_memory_bytes")
                .help("What requests under way take of the memory for requests and answers")
                .callback(gauge -> gauge.call((double) memory.held()))
                .register(prometheus);
        GaugeWithCallback.builder()
                .name("idempotency_body_memory_limit_bytes")
                .help("The memory for requests and answers")
                .callback(gauge -> gauge.call((double) memory.limit()))
                .register(prometheus);
        CounterWithCallback.builder()
                .name("idempotency_overloaded_total")
                .help("Requests that found no room in the memory for requests and answers")
                .callback(counter -> counter.call((double) memory.refused()))
                .register(prometheus);
    }
}
