package dev.idem.service.stores;

/** The service cannot start, for a reason that its operator can remove; the message says which and how. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartupException(String message) {
        super(message);
    }

    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
