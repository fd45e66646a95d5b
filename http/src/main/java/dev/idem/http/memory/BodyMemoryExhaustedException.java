package dev.idem.http.memory;

import java.io.IOException;

/** The body memory is full. Nothing was executed. */
public final class BodyMemoryExhaustedException extends IOException {
    private static final long serialVersionUID = 1L;

    public BodyMemoryExhaustedException() {
        super("the body memory is full");
    }

    /** Not filled in: it would cost memory when there is least, and nobody reads it. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
