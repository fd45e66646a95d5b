package dev.idem.http.decision;

/** Tells a listener that what was decided was decided in shadow, and concerned nobody. */
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
