package dev.idem.dropwizard.testing;

import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What became of the requests of a test. Thread-safe. */
final class OutcomeCounts implements DecisionListener {
    private final Map<Outcome, Integer> counts = new ConcurrentHashMap<>();

    @Override
    public void decided(String route, Layer layer, Outcome outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }

    @Override
    public void shadowed(String route, Layer layer, Outcome outcome) {
        // Its request is decided too, as one that is not rolled out.
    }

    int of(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    void clear() {
        counts.clear();
    }
}
