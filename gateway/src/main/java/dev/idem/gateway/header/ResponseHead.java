package dev.idem.gateway.header;

import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** Writes the status and headers of an upstream's response to the client. */
public final class ResponseHead {
    private ResponseHead() {}

    /** Whether a response with this status may have a body. A body that it must not have is dropped. */
    public static boolean hasBody(Response upstream) {
        return !HttpStatus.hasNoBody(upstream.getStatus());
    }

    public static void write(Response upstream, org.eclipse.jetty.server.Response client) {
        HttpFields given = upstream.getHeaders();
        HopByHopHeaders hop = HopByHopHeaders.of(given);
        HttpFields.Mutable headers = client.getHeaders();
        client.setStatus(upstream.getStatus());
        boolean hasLength = hasBody(upstream) || upstream.getStatus() == HttpStatus.NOT_MODIFIED_304;
        for (HttpField field : given) {
            if (field.getHeader() == HttpHeader.DATE) {
                headers.put(field); // replaces the server's own header
            } else if (!hop.has(field)
                    && field.getHeader() != HttpHeader.VIA
                    && (hasLength || field.getHeader() != HttpHeader.CONTENT_LENGTH)
                    && !WholeOrigin.isClaimedBy(field.getLowerCaseName())) {
                headers.add(field);
            }
        }
        headers.put(HttpHeader.VIA, ViaHeader.of(upstream.getVersion(), given));
    }
}
