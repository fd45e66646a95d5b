package dev.idem.http.metrics;

import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.Timer;
import dev.idem.core.engine.observe.EngineListener.Operation;
import dev.idem.core.engine.observe.EngineListener.Result;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.engine.observe.EngineStatus.StoreStatus;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Measures store operations. Label lookups are cached for each kind of operation. Thread-safe. */
final class StoreMetrics {
    private static final double[] SECONDS = {
        .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5
    };

    private final Registries registries;
    private final Histogram duration;
    private final Counter errors;
    private final Map<Kind, Durations> durations = new ConcurrentHashMap<>();

    private record Kind(String store, Operation operation, Result result) {}

    private record Durations(DistributionDataPoint labelled, Timer plain) {

        void observe(Duration took) {
            labelled.observe(Registries.seconds(took));
            plain.update(took);
        }
    }

    StoreMetrics(Registries registries) {
        this.registries = registries;
        this.duration = registries
                .prometheus()
                .histogram(
                        "idempotency_store_operation_seconds",
                        "Duration of store operations",
                        SECONDS,
                        "store",
                        "operation",
                        "outcome");
        this.errors = registries
                .prometheus()
                .counter("idempotency_errors_total", "Store operations that failed", "store", "operation");
    }

    /** Shows the circuit breakers; call it once. */
    void watch(Supplier<EngineStatus> status) {
        registries
                .prometheus()
                .gauge(
                        "idempotency_store_available",
                        "1 while a store's circuit breaker is closed, 0 while it is open",
                        "store",
                        () -> status.get().stores().stream()
                                .collect(Collectors.toMap(
                                        StoreStatus::name, store -> store.circuitBreakerOpen() ? 0 : 1)));
    }

    /** Creates the counters at zero. */
    void watch(String store) {
        for (Operation operation : Operation.values()) {
            errors.initLabelValues(store, label(operation));
        }
    }

    void asked(String store, Operation operation, Result result, Duration took) {
        if (result == Result.SKIPPED || result == Result.NOT_AUTHORITATIVE) {
            return; // nothing was decided: the gauges of circuit breakers and failover say why
        }
        Kind kind = new Kind(store, operation, result);
        @Nullable Durations known = durations.get(kind);
        (known == null ? durations.computeIfAbsent(kind, this::ofKind) : known).observe(took);
        if (result == Result.UNAVAILABLE) {
            errors.labelValues(store, label(operation)).inc();
            registries.plain("errors." + store).inc();
        }
    }

    private Durations ofKind(Kind kind) {
        String operation = label(kind.operation());
        return new Durations(
                duration.labelValues(kind.store(), operation, label(kind.result())),
                registries
                        .dropwizard()
                        .timer(
                                "store." + kind.store() + '.' + operation,
                                () -> LockFreeExponentiallyDecayingReservoir.builder()
                                        .build()));
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
