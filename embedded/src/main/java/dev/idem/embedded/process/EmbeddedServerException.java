package dev.idem.embedded.process;

import org.jspecify.annotations.Nullable;

/** An embedded server could not be started, reached or stopped. The message names the server and ends with its log. */
public final class EmbeddedServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbeddedServerException(String message) {
        this(message, null);
    }

    public EmbeddedServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
