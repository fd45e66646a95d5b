package dev.idem.http.decision.outcome;

import java.util.Locale;

/** What becomes of an answer: the policy says it by the answer's status, unless the method itself has. A label of metrics. */
public enum AnswerWord {
    /** It is not stored: the request took no effect, and its key is free. */
    TOOK_NO_EFFECT,
    /** It is not stored: the request took effect, and its key stays closed. */
    WITHHOLD,
    /** It is stored. */
    STORE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
