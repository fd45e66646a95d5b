package dev.idem.http.decision.outcome;

import java.util.Locale;

/** How repeats of a request are recognised; a label of metrics. */
public enum Layer {
    /** By its {@code Idempotency-Key}. */
    KEY,
    /** By its whole content, without a key. */
    FINGERPRINT,
    /** By one field of its content, without a key. */
    CONTENT,
    /** Not at all: it passes. */
    NONE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
