package dev.idem.http.decision.outcome;

import dev.idem.core.record.RecordId;
import java.util.List;

/** Calls several listeners in order. Thread-safe if they are. */
public final class DecisionListeners implements DecisionListener {
    private final List<DecisionListener> all;

    public DecisionListeners(DecisionListener... all) {
        this.all = List.of(all);
    }

    @Override
    public void routeAdded(String route) {
        for (DecisionListener one : all) {
            one.routeAdded(route);
        }
    }

    @Override
    public void routeUsed(String route) {
        for (DecisionListener one : all) {
            one.routeUsed(route);
        }
    }

    @Override
    public void decided(String route, Layer layer, Outcome outcome) {
        for (DecisionListener one : all) {
            one.decided(route, layer, outcome);
        }
    }

    @Override
    public void concerned(RecordId id, String route, Layer layer, Outcome outcome) {
        for (DecisionListener one : all) {
            one.concerned(id, route, layer, outcome);
        }
    }

    @Override
    public void said(String route, AnswerWord word) {
        for (DecisionListener one : all) {
            one.said(route, word);
        }
    }

    @Override
    public void shadowed(String route, Layer layer, Outcome outcome) {
        for (DecisionListener one : all) {
            one.shadowed(route, layer, outcome);
        }
    }
}
