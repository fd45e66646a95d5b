package dev.idem.dropwizard.problem;

import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/** A request's body is incomplete, late, malformed or too large, which is the client's fault; or the body memory is full. */
public final class UnreadableBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final String detail;

    /** @param detail a sentence for the client */
    public UnreadableBodyException(ProblemType type, String detail) {
        this(type, detail, null);
    }

    private UnreadableBodyException(ProblemType type, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.type = type;
        this.detail = detail;
    }

    ProblemType type() {
        return type;
    }

    String detail() {
        return detail;
    }

    /** @param failure of what reads a request's body, and of nothing else */
    static UnreadableBodyException of(Throwable failure) {
        return late(failure)
                .or(() -> in(failure))
                .orElseGet(() -> new UnreadableBodyException(
                        ProblemType.INVALID_REQUEST,
                        "The body cannot be read to its end; send all of it, as its headers announce.",
                        failure));
    }

    /**
     * The problem for a failure to read a body.
     *
     * @param key the request's, if it has one
     * @return empty if reading failed for another reason, such as in the application's own decoding
     */
    public static Optional<Problem> problemOf(IOException failure, @Nullable String key) {
        return late(failure)
                .or(() -> in(failure))
                .map(unreadable -> Problem.of(unreadable.type, unreadable.detail, key));
    }

    /** Finds a failure's cause that is known to come from reading a request. */
    static Optional<UnreadableBodyException> in(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            @Nullable UnreadableBodyException known = known(cause);
            if (known != null) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** The server's timeout for the body. */
    private static Optional<UnreadableBodyException> late(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return Optional.of(new UnreadableBodyException(
                        ProblemType.REQUEST_TIMEOUT,
                        "The body did not arrive in time; send the request again.",
                        cause));
            }
        }
        return Optional.empty();
    }

    private static @Nullable UnreadableBodyException known(Throwable cause) {
        if (cause instanceof UnreadableBodyException unreadable) {
            return unreadable;
        }
        if (cause instanceof HttpException http && http.getCode() < 500) {
            return new UnreadableBodyException(
                    http.getCode() == 408 ? ProblemType.REQUEST_TIMEOUT : ProblemType.INVALID_REQUEST,
                    ProblemErrorHandler.isInWords(http.getReason())
                            ? "The body could not be read: " + http.getReason() + '.'
                            : "The body cannot be read; its framing is not valid HTTP.",
                    cause);
        }
        if (cause instanceof ZipException) {
            return new UnreadableBodyException(
                    ProblemType.INVALID_REQUEST,
                    "The body does not match its Content-Encoding; send it in that coding, or without the header.",
                    cause);
        }
        return cause instanceof EofException
                ? new UnreadableBodyException(
                        ProblemType.INVALID_REQUEST, "The body ends early; send all of it.", cause)
                : null;
    }
}
