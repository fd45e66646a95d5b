package dev.idem.core.store;

import java.io.EOFException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A store is unavailable, or its reply did not arrive: the operation may or may not have happened. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String store;
    private final UnavailableReason reason;
    private final String why;
    private final String advice;

    /** For a failure that no driver has reported. */
    public StoreUnavailableException(String store, String why) {
        this(store, UnavailableReason.OTHER, why, "", null);
    }

    /** Takes {@link #why()} from the innermost cause. */
    public StoreUnavailableException(String store, UnavailableReason reason, String advice, Throwable cause) {
        this(store, reason, innermost(cause), advice, cause);
    }

    public StoreUnavailableException(
            String store, UnavailableReason reason, String why, String advice, @Nullable Throwable cause) {
        super(store + ": " + why, cause);
        this.store = store;
        this.reason = reason;
        this.why = why;
        this.advice = advice;
    }

    /** The store's name as in {@link IdempotencyStore#name()}. */
    public String store() {
        return store;
    }

    public UnavailableReason reason() {
        return reason;
    }

    /** Whether nothing was asked, because this process had no connection free: the store may be well, and was not told anything. */
    public boolean isBusy() {
        return reason == UnavailableReason.BUSY;
    }

    /** What the driver or the server says, in one line. */
    public String why() {
        return why;
    }

    /** What an operator can do, in a sentence that names the configuration; may be empty. */
    public String advice() {
        return advice;
    }

    /** The first line of the innermost message, which says most. Jedis adds its attempts as suppressed exceptions. */
    private static String innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null || inner.getSuppressed().length > 0) {
            inner = inner.getCause() != null ? inner.getCause() : inner.getSuppressed()[0];
        }
        String message = inner.getMessage() == null ? inWords(inner) : inner.getMessage();
        String line = message.lines().findFirst().orElse(message).strip();
        return inner instanceof UnknownHostException ? "unknown host " + line : line;
    }

    /** Some failures have no message, and their names are nobody's but a programmer's. */
    private static String inWords(Throwable failure) {
        if (failure instanceof EOFException || failure instanceof ClosedChannelException) {
            return "the connection was closed";
        }
        return failure instanceof TimeoutException
                ? "it did not answer in time"
                : "the call failed, and nothing says why";
    }
}
