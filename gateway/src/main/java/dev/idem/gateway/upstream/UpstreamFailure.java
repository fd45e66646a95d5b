package dev.idem.gateway.upstream;

import java.util.OptionalInt;

/**
 * Why there is no response that can be forwarded.
 *
 * @param cause for the log
 * @param status of a response that arrived but has too large a head; empty for all other failures
 */
public record UpstreamFailure(Kind kind, Throwable cause, OptionalInt status) {

    UpstreamFailure(Kind kind, Throwable cause) {
        this(kind, cause, OptionalInt.empty());
    }

    /** What may have happened. */
    public enum Kind {
        /** Nothing was sent: there was no connection, or it ended before the first byte. */
        UNREACHABLE,
        /**
         * Nothing was sent: the client's head is larger than the upstream accepts. This is no failure of the upstream.
         */
        HEAD_TOO_LARGE,
        /** Nothing was sent: too many requests wait, or the circuit breaker is open. */
        BUSY,
        /** It was sent, and no response arrived in time. */
        TIMEOUT,
        /** It was sent, and the response is unusable. */
        BROKEN
    }

    /** Whether the upstream cannot have executed anything. */
    public boolean nothingSent() {
        return kind == Kind.UNREACHABLE || kind == Kind.BUSY || kind == Kind.HEAD_TOO_LARGE;
    }
}
