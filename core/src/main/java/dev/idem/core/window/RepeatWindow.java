package dev.idem.core.window;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import java.time.Duration;

/** How long after a request of one route an equal request counts as its repeat. Thread-safe. */
public sealed interface RepeatWindow permits FixedWindow, AdaptiveWindow {

    /** The window that a request of this caller begins. */
    Duration of(Scope caller);

    /**
     * Observes the outcome of a request.
     *
     * @param executed whether it executed; otherwise it was recognised as a repeat
     */
    void saw(Scope caller, Fingerprint request, boolean executed);
}
