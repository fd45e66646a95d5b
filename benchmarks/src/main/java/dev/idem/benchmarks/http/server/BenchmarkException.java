package dev.idem.benchmarks.http.server;

/** A run cannot go on, for a reason that whoever started it can change; the message says which. */
public final class BenchmarkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchmarkException(String message) {
        super(message);
    }

    public BenchmarkException(String message, Throwable cause) {
        super(message, cause);
    }
}
