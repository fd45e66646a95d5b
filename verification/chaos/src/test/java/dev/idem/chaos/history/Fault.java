package dev.idem.chaos.history;

import java.time.Duration;

/**
 * Something was broken, and repaired.
 *
 * @param node whose, or {@link #ALL}
 * @param end when it worked again
 */
public record Fault(FaultKind kind, int node, Duration begin, Duration end) implements Event {
    /** In place of a node's number. */
    public static final int ALL = -1;

    public boolean hits(int which) {
        return node == ALL || node == which;
    }

    /** How long it lasted between two moments. */
    public Duration within(Duration from, Duration until) {
        Duration first = begin.compareTo(from) > 0 ? begin : from;
        Duration last = end.compareTo(until) < 0 ? end : until;
        return last.compareTo(first) > 0 ? last.minus(first) : Duration.ZERO;
    }
}
