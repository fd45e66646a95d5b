package dev.idem.gateway.upstream.connection;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.client.transport.internal.HttpConnectionOverHTTP2;

/**
 * Limits a request's head. The client library would find out while writing it, and then close the whole connection;
 * over HTTP/2 that ends all other requests there.
 */
public final class RequestHeadLimit {
    /** For HTTP/2, until the upstream states its own limit; for HTTP/1.1, the size of one write. */
    public static final int MOST_BYTES = 32 << 10;

    /** The overhead of a field besides its characters (RFC 9113, section 6.5.2). */
    private static final int OF_A_FIELD_IN_HTTP2 = 32;

    /** A colon, a space, and the end of the line. */
    private static final int OF_A_FIELD = 4;

    /** The overhead of HTTP/2's four fields for the request line; more than that of HTTP/1.1's request line. */
    private static final int LINE = 4 * OF_A_FIELD_IN_HTTP2 + ":method:scheme:authority:pathhttps:65535".length();

    private RequestHeadLimit() {}

    /** Called when the connection is known and nothing has been written yet. */
    public static boolean isExceededBy(Request request) {
        boolean isHttp2 = request.getConnection() instanceof HttpConnectionOverHTTP2;
        long size = LINE;
        size += request.getMethod().length();
        size += request.getHost().length();
        size += request.getPath().length();
        int ofAField = isHttp2 ? OF_A_FIELD_IN_HTTP2 : OF_A_FIELD;
        for (HttpField field : request.getHeaders()) {
            size += ofAField;
            size += field.getName().length();
            size += String.valueOf(field.getValue()).length();
        }
        return size > (isHttp2 ? announced(request) : MOST_BYTES);
    }

    private static int announced(Request request) {
        return request.getConnection() instanceof HttpConnectionOverHTTP2 connection
                        && connection.getSession() instanceof HTTP2Session session
                ? session.getGenerator().getHpackEncoder().getMaxHeaderListSize()
                : MOST_BYTES;
    }
}
