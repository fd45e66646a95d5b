package dev.idem.http.decision;

import java.util.Locale;

/** What a request was recognised by; a label of metrics. */
public enum Layer {
    /** Its {@code Idempotency-Key}. */
    KEY,
    /** What it says, for lack of a key. */
    FINGERPRINT,
    /** What one field of it says, for lack of a key. */
    CONTENT,
    /** Nothing: it passes. */
    NONE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
