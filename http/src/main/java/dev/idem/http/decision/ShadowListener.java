package dev.idem.http.decision;

import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;

/** Reports all decisions as decisions in shadow. */
record ShadowListener(DecisionListener next) implements DecisionListener {

    @Override
    public void decided(String route, Layer layer, Outcome outcome) {
        next.shadowed(route, layer, outcome);
    }

    @Override
    public void shadowed(String route, Layer layer, Outcome outcome) {
        next.shadowed(route, layer, outcome);
    }
}
