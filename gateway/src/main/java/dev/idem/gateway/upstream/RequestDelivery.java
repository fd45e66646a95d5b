package dev.idem.gateway.upstream;

import dev.idem.gateway.upstream.UpstreamFailure.Kind;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.RetryableRequestException;
import org.eclipse.jetty.http2.ErrorCode;

/** How far a request has got on its way out, and so what its failure means. Thread-safe. */
final class RequestDelivery {
    private static final String REFUSED = ErrorCode.toString(ErrorCode.REFUSED_STREAM_ERROR.code, "");

    private final Request request;
    private volatile boolean connected;
    private volatile boolean handedOver;
    private volatile boolean hasQueued;
    private volatile boolean tooLate;

    RequestDelivery(Request request) {
        this.request = request;
        request.onRequestBegin(now -> connected = true);
        request.onRequestHeaders(now -> handedOver = true);
    }

    /**
     * It is given up: whatever its failure will be, this is why.
     *
     * @param inQueue whether others have all connections; if not, one was asked for and was not made in time
     */
    void isTooLate(boolean inQueue) {
        hasQueued = inQueue;
        tooLate = true;
    }

    Kind kindOf(Throwable cause) {
        if (cause instanceof HeadTooLargeException) {
            return Kind.HEAD_TOO_LARGE;
        }
        if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
            return Kind.UNREACHABLE;
        }
        if (!hasSentNothing() && !isRefused(cause)) {
            return tooLate || cause instanceof TimeoutException ? Kind.TIMEOUT : Kind.BROKEN;
        }
        boolean hasWaited = tooLate ? hasQueued : cause instanceof RejectedExecutionException;
        return hasWaited && !connected ? Kind.BUSY : Kind.UNREACHABLE;
    }

    /** Whether it had a connection, and not a byte of it has left, or been looked at. */
    boolean hasNot(Throwable cause) {
        return connected && !tooLate && !(cause instanceof SSLException) && kindOf(cause) == Kind.UNREACHABLE;
    }

    /** Of HTTP/2, whose connections have other requests too, it is not known what has left once a request is handed over. */
    private boolean hasSentNothing() {
        return !handedOver
                || (request.getConnection() instanceof UpstreamConnection connection && connection.hasSentNothing());
    }

    /** The upstream says itself that it has not looked at it (RFC 9113, sections 6.8 and 8.7). */
    private static boolean isRefused(Throwable cause) {
        return cause instanceof RetryableRequestException || REFUSED.equals(cause.getMessage());
    }
}
