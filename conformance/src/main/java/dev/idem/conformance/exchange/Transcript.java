package dev.idem.conformance.exchange;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was sent and answered in the course of a case. Thread-safe. */
public final class Transcript {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    void sent(Object what) {
        lines.add("> " + what);
    }

    void got(Object what) {
        lines.add("< " + what);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }
}
