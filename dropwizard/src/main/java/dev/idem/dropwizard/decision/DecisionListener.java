package dev.idem.dropwizard.decision;

/** Learns what was decided for each request. An extension point: thread-safe, quick, must not throw. */
public interface DecisionListener {

    /** @param route the HTTP method and the path's template; one of few */
    void decided(String route, Layer layer, Outcome outcome);

    /** The same of a request in shadow, which executes whatever the outcome would be. */
    void shadowed(String route, Layer layer, Outcome outcome);
}
