package dev.idem.gateway.header;

import dev.idem.gateway.route.ForwardedOriginHeaders;
import dev.idem.gateway.route.HostHeader;
import dev.idem.gateway.route.RouteSettings;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Writes the headers of a request to the upstream: the client's, without those of the connection. */
public final class RequestHead {
    private static final String ATTEMPT = "idempotency-attempt";

    /** Some frameworks take these for the real method of a request. */
    private static final Set<String> OTHER_METHODS =
            Set.of("x-http-method-override", "x-http-method", "x-method-override");

    private final RouteSettings route;
    private final ProtectedHeaders guarded;

    public RequestHead(RouteSettings route) {
        this.route = route;
        this.guarded = ProtectedHeaders.of(route);
    }

    public void write(Request client, HttpFields.Mutable upstream) {
        HttpFields sent = client.getHeaders();
        HopByHopHeaders hop = HopByHopHeaders.of(sent);
        boolean passes = !route.policy().methods().contains(client.getMethod());
        upstream.clear();
        upstream.put(HttpHeader.HOST, host(sent));
        for (HttpField field : sent) {
            String name = field.getLowerCaseName();
            boolean ofThisHop = hop.has(field) || name.equals("host") || name.equals("expect") || name.equals("via");
            boolean isTrusted = route.trustForwarded() || !ForwardedOriginHeaders.include(name);
            if (!ofThisHop && isTrusted && !guarded.isImitation(field) && !isOurs(name, passes)) {
                upstream.add(field);
            }
        }
        upstream.put(HttpHeader.VIA, ViaHeader.of(client.getConnectionMetaData().getHttpVersion(), sent));
        origin(client, sent, upstream);
    }

    /**
     * Headers that no client may send: which attempt it is, and that an unprotected method stands for a protected one.
     */
    private static boolean isOurs(String name, boolean passes) {
        return name.equals(ATTEMPT) || (passes && OTHER_METHODS.contains(name));
    }

    private String host(HttpFields sent) {
        HostHeader rule = route.host();
        if (rule instanceof HostHeader.Literal literal) {
            return literal.value();
        }
        @Nullable String asked = sent.get(HttpHeader.HOST);
        return rule instanceof HostHeader.Preserve && asked != null
                ? asked
                : route.upstream().authority();
    }

    /** RFC 7239, and the headers that preceded it. */
    private static void origin(Request client, HttpFields sent, HttpFields.Mutable upstream) {
        String address = Request.getRemoteAddr(client);
        String proto = isSecure(client) ? "https" : "http";
        @Nullable String host = sent.get(HttpHeader.HOST);
        String node = address.indexOf(':') >= 0 ? "\"[" + address.replaceAll("[\\[\\]]", "") + "]\"" : address;
        append(
                upstream,
                "Forwarded",
                "for=" + node + (host == null ? "" : ";host=\"" + host + '"') + ";proto=" + proto);
        append(upstream, "X-Forwarded-For", address);
        if (!upstream.contains("X-Forwarded-Proto")) {
            upstream.put("X-Forwarded-Proto", proto);
        }
        if (host != null && !upstream.contains("X-Forwarded-Host")) {
            upstream.put("X-Forwarded-Host", host);
        }
    }

    /**
     * The scheme of the connection, since a client may write any scheme into the target; or the one of a proxy that the
     * connector trusts.
     */
    private static boolean isSecure(Request client) {
        ConnectionMetaData connection = client.getConnectionMetaData();
        boolean isForwarded = connection.getHttpConfiguration().getCustomizer(ForwardedRequestCustomizer.class) != null;
        return isForwarded ? client.isSecure() : connection.isSecure();
    }

    private static void append(HttpFields.Mutable upstream, String name, String value) {
        String known = String.join(", ", upstream.getValuesList(name));
        upstream.put(name, known.isEmpty() ? value : known + ", " + value);
    }
}
