package dev.idem.dropwizard.problem;

import java.io.IOException;

/** Ends the reading of a body with a problem. Readers hand an {@link IOException} on as it is, and wrap others in their own. */
public final class RefusedBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemException refusal;

    public RefusedBodyException(ProblemException refusal) {
        super(refusal.getMessage());
        this.refusal = refusal;
    }

    ProblemException refusal() {
        return refusal;
    }
}
