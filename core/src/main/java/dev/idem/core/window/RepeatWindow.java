package dev.idem.core.window;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import java.time.Duration;

/** How long after a request of one route another that says the same counts as its repeat. Thread-safe. */
public sealed interface RepeatWindow permits FixedWindow, AdaptiveWindow {

    /** The window that a request of this caller begins. */
    Duration of(Scope caller);

    /**
     * Learns what became of a request.
     *
     * @param executed whether it took effect; else it was recognised as a repeat
     */
    void saw(Scope caller, Fingerprint request, boolean executed);
}
