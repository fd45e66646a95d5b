package dev.idem.http.decision.outcome;

import dev.idem.core.record.RecordId;

/** Learns what became of each request. An extension point: thread-safe, quick, must not throw. */
public interface DecisionListener {

    /** @param route the HTTP method and the path's template; one of few */
    void decided(String route, Layer layer, Outcome outcome);

    /**
     * The request was a repeat or reused a key; called in addition to {@link #decided}.
     *
     * @param id the record of the earlier one
     */
    default void concerned(RecordId id, String route, Layer layer, Outcome outcome) {}

    /** The same for a request in shadow, which executes whatever the outcome would be. */
    void shadowed(String route, Layer layer, Outcome outcome);

    /** The method of a request has said itself what becomes of its answer. */
    default void said(String route, AnswerWord word) {}

    /**
     * A route is protected from now on whose rare events must not be missed: a method of the application, or a route that
     * holds keys.
     */
    default void routeAdded(String route) {}

    /** The first request of a route has arrived, and is not decided yet. May be called again. */
    default void routeUsed(String route) {}
}
