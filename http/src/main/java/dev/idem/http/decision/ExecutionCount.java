package dev.idem.http.decision;

import dev.idem.http.decision.outcome.AnswerWord;
import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts what became of one request that acquired its key, once: the first call counts. The code that executes the request
 * calls it, because only there it is known whether the request reached its method or its upstream. Thread-safe.
 */
public final class ExecutionCount {
    private final String route;
    private final Layer layer;
    private final DecisionListener listener;
    private final AtomicBoolean counted;

    private ExecutionCount(String route, Layer layer, DecisionListener listener, boolean counted) {
        this.route = route;
        this.layer = layer;
        this.listener = listener;
        this.counted = new AtomicBoolean(counted);
    }

    static ExecutionCount of(String route, Layer layer, DecisionListener listener) {
        return new ExecutionCount(route, layer, listener, false);
    }

    /** Counts nothing more. */
    ExecutionCount afterwards() {
        return new ExecutionCount(route, layer, listener, true);
    }

    /** It reached its method, or it was sent to its upstream. */
    public void executed() {
        count(Outcome.EXECUTED);
    }

    /** It failed before that. */
    public void notReached() {
        count(Outcome.NOT_REACHED);
    }

    /** The same, because no connection was free for its transaction. */
    public void overloaded() {
        count(Outcome.OVERLOADED);
    }

    /** The same, because PostgreSQL was unavailable for its transaction. */
    public void storeUnavailable() {
        count(Outcome.STORE_UNAVAILABLE);
    }

    /** Its method has said what becomes of its answer. */
    public void said(AnswerWord word) {
        listener.said(route, word);
    }

    private void count(Outcome outcome) {
        if (counted.compareAndSet(false, true)) {
            listener.decided(route, layer, outcome);
        }
    }
}
