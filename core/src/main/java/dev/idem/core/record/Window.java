package dev.idem.core.record;

import java.time.Duration;

/**
 * How long the answer of a request without a key counts for equal requests.
 *
 * @param length measured from the first request's claim (at least 1 ms)
 * @param waiting whether the claiming request has found another one running. Then it came before any present answer,
 *     and is its repeat however long it has waited
 */
public record Window(Duration length, boolean waiting) {

    public Window {
        if (length.toMillis() < 1) {
            throw new IllegalArgumentException("a window is at least 1 ms long, not " + length);
        }
    }
}
