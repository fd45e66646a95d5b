package dev.idem.core.window;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import java.time.Duration;

/** The same window for all callers. */
public record FixedWindow(Duration length) implements RepeatWindow {

    @Override
    public Duration of(Scope caller) {
        return length;
    }

    @Override
    public void saw(Scope caller, Fingerprint request, boolean executed) {
        // There is nothing to estimate.
    }
}
