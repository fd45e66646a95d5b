package dev.idem.dropwizard.decision;

/** Learns what was decided for each request. An extension point: thread-safe, quick, must not throw. */
@FunctionalInterface
public interface DecisionListener {

    /** @param route the HTTP method and the path's template; one of few */
    void decided(String route, Layer layer, Outcome outcome);

    /** A route is protected from now on, and nothing has been decided for it. */
    default void routeAdded(String route) {}
}
