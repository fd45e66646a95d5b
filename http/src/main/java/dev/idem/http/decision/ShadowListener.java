package dev.idem.http.decision;

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
