package dev.idem.gateway.exchange;

import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** The status and the headers with which an upstream's answer goes on to the client. */
final class ResponseHead {
    private ResponseHead() {}

    /** Whether an answer with its status may have a body at all; what comes of it all the same does not go on. */
    static boolean hasBody(Response upstream) {
        return !HttpStatus.hasNoBody(upstream.getStatus());
    }

    static void write(Response upstream, org.eclipse.jetty.server.Response client) {
        HttpFields given = upstream.getHeaders();
        HopByHopHeaders hop = HopByHopHeaders.of(given);
        HttpFields.Mutable headers = client.getHeaders();
        client.setStatus(upstream.getStatus());
        boolean hasLength = hasBody(upstream) || upstream.getStatus() == HttpStatus.NOT_MODIFIED_304;
        for (HttpField field : given) {
            if (field.getHeader() == HttpHeader.DATE) {
                headers.put(field); // in the place of our own, which the server has put there already
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
