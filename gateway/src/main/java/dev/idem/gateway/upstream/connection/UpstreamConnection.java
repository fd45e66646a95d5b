package dev.idem.gateway.upstream.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.eclipse.jetty.client.transport.SendFailure;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection to an upstream, which may close it at any time while it is idle. Before each request but the
 * first, the connection is checked. It is kept for less time than the upstream keeps it.
 */
public final class UpstreamConnection extends HttpConnectionOverHTTP {
    /** The name that TLS has for the protocol before the handshake. */
    private static final String NOT_YET = "NONE";

    private final Duration maxIdle;
    private final ByteBuffer nothing = BufferUtil.allocateDirect(1);
    private boolean used;
    private @Nullable HttpExchange carried;
    private volatile long leftBefore;

    UpstreamConnection(EndPoint endPoint, Map<String, Object> context, Duration maxIdle) {
        super(endPoint, context);
        this.maxIdle = maxIdle;
    }

    @Override
    public SendFailure send(HttpExchange exchange) {
        if (used && hasEnded()) {
            close();
            return new SendFailure(new ClosedChannelException(), true); // it is sent on another connection
        }
        used = true;
        carried = exchange;
        leftBefore = raw() instanceof ByteCountingEndPoint counted ? counted.left() : 0;
        return super.send(exchange);
    }

    /**
     * Between requests there is nothing to read, so anything else means that the connection has ended or is unusable.
     */
    private boolean hasEnded() {
        try {
            return getEndPoint().fill(nothing) != 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void release() {
        Duration kept = carried == null ? maxIdle : kept(carried.getResponse());
        carried = null;
        if (kept.isZero()) {
            close();
        } else {
            getEndPoint().setIdleTimeout(kept.toMillis());
            getHttpDestination().release(this);
        }
    }

    /**
     * A response that must not have a body, but announces one, may be followed by it. The body would be taken for the
     * next response (RFC 9112, section 9.2).
     */
    private Duration kept(HttpResponse answer) {
        HttpFields headers = answer.getHeaders();
        @Nullable String length = headers.get(HttpHeader.CONTENT_LENGTH);
        boolean tellsOfABody =
                headers.contains(HttpHeader.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
        return tellsOfABody && HttpStatus.hasNoBody(answer.getStatus())
                ? Duration.ZERO
                : KeepAlive.of(headers, maxIdle);
    }

    /** Whether no byte of the last request was sent, and none will be any more; false if that is not certain. */
    public boolean hasSentNothing() {
        if (getEndPoint() instanceof SslConnection.SslEndPoint secure
                && NOT_YET.equals(
                        secure.getSslConnection().getSSLEngine().getSession().getProtocol())) {
            return !secure.isOpen();
        }
        return raw() instanceof ByteCountingEndPoint counted && counted.hasEndedAt(leftBefore);
    }

    private EndPoint raw() {
        return getEndPoint() instanceof EndPoint.Wrapper wrapper ? wrapper.unwrap() : getEndPoint();
    }
}
