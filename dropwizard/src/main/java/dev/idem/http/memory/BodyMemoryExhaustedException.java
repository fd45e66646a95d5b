package dev.idem.http.memory;

import java.io.IOException;

/** This process holds as much of requests and answers as it may. Nothing was executed. */
public final class BodyMemoryExhaustedException extends IOException {
    private static final long serialVersionUID = 1L;

    public BodyMemoryExhaustedException() {
        super("no room for another request at the moment");
    }

    /** Comes when there is least to spare, and nobody reads where from. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
