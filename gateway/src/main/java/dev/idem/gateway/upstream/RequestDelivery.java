package dev.idem.gateway.upstream;

import dev.idem.gateway.upstream.UpstreamFailure.Kind;
import dev.idem.gateway.upstream.connection.UpstreamConnection;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.RetryableRequestException;
import org.eclipse.jetty.http2.ErrorCode;

/** How much of a request has been sent, and so what its failure means. Thread-safe. */
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
     * Records why the request is given up, whatever its failure will be.
     *
     * @param inQueue whether all connections were taken; if not, a connection could not be opened in time
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

    /** Whether it had a connection, but no byte of it was sent or processed. */
    boolean hasNot(Throwable cause) {
        return connected && !tooLate && !(cause instanceof SSLException) && kindOf(cause) == Kind.UNREACHABLE;
    }

    /**
     * With HTTP/2, whose connections carry other requests too, it is not known what was sent once a request is handed
     * over.
     */
    private boolean hasSentNothing() {
        return !handedOver
                || (request.getConnection() instanceof UpstreamConnection connection && connection.hasSentNothing());
    }

    /** The upstream states that it has not processed the request (RFC 9113, sections 6.8 and 8.7). */
    private static boolean isRefused(Throwable cause) {
        return cause instanceof RetryableRequestException || REFUSED.equals(cause.getMessage());
    }
}
