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
        headers.remove(HttpHeader.DATE); // the upstream's own, if it has one
        for (HttpField field : given) {
            if (!hop.has(field) && field.getHeader() != HttpHeader.VIA) {
                headers.add(field);
            }
        }
        headers.put(HttpHeader.VIA, Via.of(upstream.getVersion(), given));
    }
}
