package dev.idem.service.gateway.exchange;

import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The status and the headers with which an upstream's answer goes on to the client. */
final class ResponseHead {
    private ResponseHead() {}

    static void write(Response upstream, org.eclipse.jetty.server.Response client) {
        HttpFields given = upstream.getHeaders();
        HopByHop hop = HopByHop.of(given);
        HttpFields.Mutable headers = client.getHeaders();
        client.setStatus(upstream.getStatus());
        for (HttpField field : given) {
            if (field.getHeader() == HttpHeader.DATE) {
                headers.put(field); // in the place of our own, which the server has put there already
            } else if (!hop.has(field)
                    && field.getHeader() != HttpHeader.VIA
                    && !WholeOrigin.isClaimedBy(field.getLowerCaseName())) {
                headers.add(field);
            }
        }
        headers.put(HttpHeader.VIA, Via.of(upstream.getVersion(), given));
    }
}
