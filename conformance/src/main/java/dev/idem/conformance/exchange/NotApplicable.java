package dev.idem.conformance.exchange;

/** A case found out, by asking, that the server lacks what it is about; the message says what. */
public final class NotApplicable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotApplicable(String reason) {
        super(reason);
    }
}
