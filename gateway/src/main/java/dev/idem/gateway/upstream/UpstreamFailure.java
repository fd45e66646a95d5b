package dev.idem.gateway.upstream;

import java.util.OptionalInt;

/**
 * Why there is no answer of an upstream that could go on.
 *
 * @param cause for the log
 * @param status of an answer that has come and is known, but has too large a head to go on; empty for all other failures
 */
public record UpstreamFailure(Kind kind, Throwable cause, OptionalInt status) {

    UpstreamFailure(Kind kind, Throwable cause) {
        this(kind, cause, OptionalInt.empty());
    }

    /** What may have happened before. */
    public enum Kind {
        /** No connection, or one that ended before a byte had left: nothing was sent. */
        UNREACHABLE,
        /** Nothing was sent, because the client's head is larger than the upstream takes: that is no failure of it. */
        HEAD_TOO_LARGE,
        /** Nothing was sent, because too much waits already or the upstream is left alone. */
        BUSY,
        /** It was sent, and no answer came in time. */
        TIMEOUT,
        /** It was sent, and the answer is none. */
        BROKEN
    }

    /** Whether the upstream cannot have executed anything. */
    public boolean nothingSent() {
        return kind == Kind.UNREACHABLE || kind == Kind.BUSY || kind == Kind.HEAD_TOO_LARGE;
    }
}
