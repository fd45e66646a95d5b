package dev.idem.gateway.upstream;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.jspecify.annotations.Nullable;

/**
 * A request whose method and target are sent byte for byte, and whose body is framed for every method. Jetty's own
 * request converts methods to upper case, and parses the target as a URI. It also leaves out the framing for methods
 * that usually have no body; the upstream would take such a body for the next request on the connection.
 */
final class VerbatimRequest extends HttpRequest {
    private final String method;
    private final String target;
    private final boolean inChunks;

    /**
     * @param target path and query as they are to be sent
     * @param inChunks whether a body of unknown length is sent in chunks; HTTP/2 has its own frames
     */
    VerbatimRequest(HttpClient client, URI upstream, String method, String target, boolean inChunks) {
        super(client, new HttpConversation(), upstream);
        this.method = method;
        this.target = target;
        this.inChunks = inChunks;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getPath() {
        return target;
    }

    @Override
    public @Nullable String getQuery() {
        return null;
    }

    @Override
    public void send(Response.@Nullable CompleteListener listener) {
        headers(this::frame);
        super.send(listener);
    }

    private void frame(HttpFields.Mutable headers) {
        headers.remove(HttpHeader.CONTENT_LENGTH);
        headers.remove(HttpHeader.TRANSFER_ENCODING);
        @Nullable Content body = getBody();
        if (body == null) {
            return;
        }
        if (body.getLength() >= 0) {
            headers.put(HttpHeader.CONTENT_LENGTH, body.getLength());
        } else if (inChunks) {
            headers.put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED);
        }
    }
}
