package dev.idem.gateway.upstream;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.client.transport.internal.HttpConnectionOverHTTP2;

/**
 * How large a head may be that goes to an upstream. The client library finds out when it writes it, and then ends the whole
 * connection: over HTTP/2 that is the end of all requests that others have there.
 */
final class RequestHeadLimit {
    /** Of HTTP/2, before the upstream has said something else; of HTTP/1.1 what is written at once. */
    static final int MOST_BYTES = 32 << 10;

    /** What a field counts for beside its characters (RFC 9113, section 6.5.2). */
    private static final int OF_A_FIELD_IN_HTTP2 = 32;

    /** A colon, a space, and the end of the line. */
    private static final int OF_A_FIELD = 4;

    /** What the four fields of HTTP/2 count for that stand for a request's line; more than the rest of that line in HTTP/1.1. */
    private static final int LINE = 4 * OF_A_FIELD_IN_HTTP2 + ":method:scheme:authority:pathhttps:65535".length();

    private RequestHeadLimit() {}

    /** To be asked when the connection is known and nothing is written yet. */
    static boolean isExceededBy(Request request) {
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
