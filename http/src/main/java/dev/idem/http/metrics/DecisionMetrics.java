package dev.idem.http.metrics;

import dev.idem.http.decision.outcome.AnswerWord;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what became of requests. A route's counters appear at zero with its first request, and those of a layer with the
 * first request that the layer recognises: an increase from an absent counter would not be seen. Label lookups are cached
 * for each kind of request. Thread-safe.
 */
final class DecisionMetrics {
    /** Outcomes of requests that no layer recognises. */
    private static final Set<Outcome> UNRECOGNISED = EnumSet.of(
            Outcome.KEY_MISSING,
            Outcome.TOO_LARGE,
            Outcome.UNREADABLE,
            Outcome.OVERLOADED,
            Outcome.WITHOUT_KEY,
            Outcome.NOT_ROLLED_OUT);

    /** Outcomes that only a client's key can have. */
    private static final Set<Outcome> OF_KEYS =
            EnumSet.of(Outcome.INVALID_KEY, Outcome.KEY_REUSED, Outcome.UNAUTHENTICATED);

    private static final Set<Outcome> WATCHED_BY_ALERTS =
            EnumSet.of(Outcome.STORE_UNAVAILABLE, Outcome.OUTCOME_UNKNOWN, Outcome.KEY_REUSED);

    private final Registries registries;
    private final Counter requests;
    private final Counter shadowed;
    private final Counter duplicatesPrevented;
    private final Counter said;
    private final Map<Kind, Counts> decided = new ConcurrentHashMap<>();
    private final Map<Kind, Counts> inShadow = new ConcurrentHashMap<>();

    private record Kind(String route, Layer layer, Outcome outcome) {}

    private record Counts(
            CounterDataPoint labelled,
            com.codahale.metrics.Counter plain,
            @Nullable Counts also) {

        void increase() {
            labelled.inc();
            plain.inc();
            if (also != null) {
                also.increase();
            }
        }
    }

    DecisionMetrics(Registries registries) {
        this.registries = registries;
        this.requests = registries
                .prometheus()
                .counter(
                        "idempotency_requests_total",
                        "Requests to protected routes, by outcome",
                        "layer",
                        "outcome",
                        "route");
        this.shadowed = registries
                .prometheus()
                .counter(
                        "idempotency_shadow_total",
                        "Requests in shadow, by the outcome they would have had",
                        "layer",
                        "outcome",
                        "route");
        this.duplicatesPrevented = registries
                .prometheus()
                .counter(
                        "idempotency_duplicates_prevented_total",
                        "Repeats that did not take effect again",
                        "layer",
                        "route");
        this.said = registries
                .prometheus()
                .counter(
                        "idempotency_method_words_total",
                        "Answers whose method said itself what becomes of them",
                        "word",
                        "route");
    }

    /** What alerts watch. */
    void routeAdded(String route) {
        WATCHED_BY_ALERTS.forEach(outcome -> init(requests, route, Layer.KEY, outcome));
        duplicatesPrevented.initLabelValues(Layer.KEY.label(), route);
    }

    void routeUsed(String route) {
        layerUsed(route, Layer.NONE);
        layerUsed(route, Layer.KEY);
    }

    private void layerUsed(String route, Layer layer) {
        init(requests, route, layer);
        if (layer != Layer.NONE) {
            duplicatesPrevented.initLabelValues(layer.label(), route);
        }
    }

    void decided(String route, Layer layer, Outcome outcome) {
        Kind kind = new Kind(route, layer, outcome);
        @Nullable Counts known = decided.get(kind);
        (known == null ? decided.computeIfAbsent(kind, this::ofDecided) : known).increase();
    }

    void shadowed(String route, Layer layer, Outcome outcome) {
        Kind kind = new Kind(route, layer, outcome);
        @Nullable Counts known = inShadow.get(kind);
        (known == null ? inShadow.computeIfAbsent(kind, this::ofShadowed) : known).increase();
    }

    void said(String route, AnswerWord word) {
        said.labelValues(word.label(), route).inc();
        registries.plain("method-words." + word.label()).inc();
    }

    private Counts ofDecided(Kind kind) {
        layerUsed(kind.route(), kind.layer());
        return new Counts(
                labelled(requests, kind),
                registries.plain("requests." + kind.outcome().label()),
                kind.outcome().preventedDuplicate() ? ofPrevented(kind) : null);
    }

    private Counts ofPrevented(Kind kind) {
        return new Counts(
                duplicatesPrevented.labelValues(kind.layer().label(), kind.route()),
                registries.plain("duplicates-prevented"),
                null);
    }

    private Counts ofShadowed(Kind kind) {
        init(shadowed, kind.route(), kind.layer());
        return new Counts(
                labelled(shadowed, kind),
                registries.plain("shadow." + kind.outcome().label()),
                null);
    }

    private void init(Counter counter, String route, Layer layer) {
        for (Outcome outcome : Outcome.values()) {
            if (isPossible(layer, outcome)) {
                init(counter, route, layer, outcome);
            }
        }
    }

    private static boolean isPossible(Layer layer, Outcome outcome) {
        return layer == Layer.NONE
                ? UNRECOGNISED.contains(outcome)
                : !UNRECOGNISED.contains(outcome) && (layer == Layer.KEY || !OF_KEYS.contains(outcome));
    }

    private static void init(Counter counter, String route, Layer layer, Outcome outcome) {
        counter.initLabelValues(layer.label(), outcome.label(), route);
    }

    private static CounterDataPoint labelled(Counter counter, Kind kind) {
        return counter.labelValues(kind.layer().label(), kind.outcome().label(), kind.route());
    }
}
