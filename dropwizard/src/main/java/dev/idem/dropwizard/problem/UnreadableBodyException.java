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

/** A request's body does not come whole, in time, in the coding that it is said to be in, or within its bounds: the client's fault; or there is no room for it. */
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
                        "The body cannot be read to its end; send it whole, and as its headers say.",
                        failure));
    }

    /**
     * What the client is told.
     *
     * @param key the request's, if it has one
     * @return empty if reading failed for another reason, as it may where the application decodes bodies itself
     */
    public static Optional<Problem> problemOf(IOException failure, @Nullable String key) {
        return late(failure)
                .or(() -> in(failure))
                .map(unreadable -> Problem.of(unreadable.type, unreadable.detail, key));
    }

    /** The one that has led to a failure, if any of its causes is known to have come of reading a request. */
    static Optional<UnreadableBodyException> in(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            @Nullable UnreadableBodyException known = known(cause);
            if (known != null) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** The server has waited for it, and waits no longer. */
    private static Optional<UnreadableBodyException> late(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return Optional.of(new UnreadableBodyException(
                        ProblemType.REQUEST_TIMEOUT, "The body does not come; send the request again.", cause));
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
                            : "The body cannot be read; it is not framed as HTTP has it.",
                    cause);
        }
        if (cause instanceof ZipException) {
            return new UnreadableBodyException(
                    ProblemType.INVALID_REQUEST,
                    "The body is not in the coding that Content-Encoding names; send it in that coding, or without the header.",
                    cause);
        }
        return cause instanceof EofException
                ? new UnreadableBodyException(
                        ProblemType.INVALID_REQUEST, "The body breaks off before its end; send it whole.", cause)
                : null;
    }
}
