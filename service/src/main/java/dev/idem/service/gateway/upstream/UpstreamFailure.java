package dev.idem.service.gateway.upstream;

/**
 * Why there is no answer of an upstream.
 *
 * @param cause for the log
 */
public record UpstreamFailure(Kind kind, Throwable cause) {

    /** What may have happened before. */
    public enum Kind {
        /** No connection: nothing was sent. */
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
