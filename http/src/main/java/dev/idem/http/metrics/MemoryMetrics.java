package dev.idem.http.metrics;

import dev.idem.core.budget.MemoryBudget;
import dev.idem.core.budget.MemoryPart;
import dev.idem.http.memory.BodyMemory;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Shows the use of this process's memory budget, and of its part for bodies. */
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

    static void register(MemoryBudget budget, LongSupplier answersNotKept, PrometheusRegistry prometheus) {
        GaugeWithCallback.builder()
                .name("idempotency_memory_bytes")
                .help("Memory in use, by part of the memory budget")
                .labelNames("part")
                .callback(gauge -> eachPart(part -> gauge.call((double) budget.used(part), part.label())))
                .register(prometheus);
        GaugeWithCallback.builder()
                .name("idempotency_memory_limit_bytes")
                .help("Memory that each part may use at this moment")
                .labelNames("part")
                .callback(gauge -> eachPart(part -> gauge.call((double) budget.limit(part), part.label())))
                .register(prometheus);
        CounterWithCallback.builder()
                .name("idempotency_memory_store_answers_not_kept_total")
                .help("Answers that no store could take and for which there was no memory")
                .callback(counter -> counter.call((double) answersNotKept.getAsLong()))
                .register(prometheus);
    }

    private static void eachPart(Consumer<MemoryPart> shown) {
        for (MemoryPart part : MemoryPart.values()) {
            shown.accept(part);
        }
    }
}
