package dev.idem.http.metrics;

import dev.idem.core.budget.MemoryBudget;
import dev.idem.core.budget.MemoryPart;
import dev.idem.http.memory.BodyMemory;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Shows the use of this process's memory budget, and of its part for bodies. */
final class MemoryMetrics {
    private MemoryMetrics() {}

    static void register(BodyMemory memory, PrometheusMetrics prometheus) {
        prometheus.gauge("idempotency_body_memory_bytes", "Body memory in use by current requests", memory::held);
        prometheus.gauge("idempotency_body_memory_limit_bytes", "Body memory of this process", memory::limit);
        prometheus.counter(
                "idempotency_overloaded_total", "Requests refused because the body memory was full", memory::refused);
    }

    static void register(MemoryBudget budget, LongSupplier answersNotKept, PrometheusMetrics prometheus) {
        prometheus.gauge(
                "idempotency_memory_bytes",
                "Memory in use, by part of the memory budget",
                "part",
                () -> byPart(budget::used));
        prometheus.gauge(
                "idempotency_memory_limit_bytes",
                "Memory that each part may use at this moment",
                "part",
                () -> byPart(budget::limit));
        prometheus.counter(
                "idempotency_memory_store_answers_not_kept_total",
                "Answers that no store could take and for which there was no memory",
                answersNotKept);
    }

    private static Map<String, Long> byPart(ToLongFunction<MemoryPart> bytes) {
        return Arrays.stream(MemoryPart.values()).collect(Collectors.toMap(MemoryPart::label, bytes::applyAsLong));
    }
}
