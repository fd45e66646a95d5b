package dev.idem.gateway.exchange;

import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.header.RequestHead;
import dev.idem.gateway.response.ContentEncodings;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.upstream.UpstreamCall;
import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.http.decision.Decision;
import dev.idem.http.trace.Tracing;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The calls to a route's upstream of requests that execute under a lease. Thread-safe. */
final class ProtectedCalls {
    private static final String ATTEMPT = "Idempotency-Attempt";

    private final RouteSettings route;
    private final UpstreamClient upstream;
    private final Tracing tracing;
    private final RequestHead head;

    ProtectedCalls(RouteSettings route, UpstreamClient upstream, Tracing tracing) {
        this.route = route;
        this.upstream = upstream;
        this.tracing = tracing;
        this.head = new RequestHead(route);
    }

    /** @return a call that is ready to be sent; empty if the upstream is not called for at most {@link #pause()} */
    Optional<UpstreamCall> call(ClientExchange client, Decision.Execute request, byte[] body) {
        Optional<UpstreamCall> call = upstream.call(client.request().getMethod(), client.target(), route.timeout());
        call.map(UpstreamCall::request).ifPresent(sent -> {
            sent.headers(headers -> write(client, request, headers));
            if (client.hasBody()) {
                sent.body(new BytesRequestContent((String) null, body));
            }
        });
        return call;
    }

    Duration pause() {
        return upstream.pause();
    }

    /** The client's headers, the key, and the attempt. */
    private void write(ClientExchange client, Decision.Execute request, HttpFields.Mutable headers) {
        head.write(client.request(), headers);
        tracing.headersFor(request.lease()).forEach(headers::put);
        headers.put(ATTEMPT, String.valueOf(request.lease().attempt()));
        if (request.key().isPresent() && route.upstreamKeyHeader().isPresent()) {
            headers.remove(route.policy().keys().header());
            headers.put(route.upstreamKeyHeader().get(), request.key().get());
        }
        if (headers.contains(HttpHeader.ACCEPT_ENCODING)) {
            headers.put(HttpHeader.ACCEPT_ENCODING, ContentEncodings.asked(headers));
        }
    }
}
