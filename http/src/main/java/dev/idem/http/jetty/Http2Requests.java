package dev.idem.http.jetty;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpTokens;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.Container;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Makes requests of HTTP/2 look as they would over HTTP/1.1 (RFC 9113, sections 8.2 and 8.3): with a {@code Host}, one
 * {@code Cookie}, and a length if there is no body. What only looks the same is refused with 400, since an upstream of HTTP/1.1
 * could read two requests in it. A request of any version that names no host is refused, too. Thread-safe.
 */
public final class Http2Requests implements HttpConfiguration.Customizer {
    /** Those of a connection, which has none of them in HTTP/2 (RFC 9113, section 8.2.2). */
    private static final List<HttpHeader> OF_A_CONNECTION =
            List.of(HttpHeader.TRANSFER_ENCODING, HttpHeader.KEEP_ALIVE, HttpHeader.PROXY_CONNECTION);

    /** What only a request of HTTP/1.1 has that asked for HTTP/2 and became its first stream (RFC 7540, section 3.2). */
    private static final List<HttpHeader> OF_AN_UPGRADE = List.of(HttpHeader.CONNECTION, HttpHeader.UPGRADE);

    /** As TLS (ALPN) and an upgrade name it. */
    private static final List<String> OF_HTTP2 = List.of("h2", "h2c");

    private static final String NO_SUCH_HEADER = "HTTP/2 has no such connection header";

    private Http2Requests() {}

    /** A listener that installs this on all ports when the server starts. */
    public static LifeCycle.Listener installer() {
        return new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) {
                if (starting instanceof Server server) {
                    install(server);
                }
            }
        };
    }

    private static void install(Server server) {
        Http2Requests customizer = new Http2Requests();
        for (Connector connector : server.getConnectors()) {
            HttpConfigurations.of(connector).forEach(customizer::installFirst);
            ((Container) connector)
                    .getContainedBeans(AbstractConnectionFactory.class).stream()
                            .filter(Http2Requests::isOfHttp2)
                            .forEach(factory -> factory.addEventListener(new UnfinishedBodies()));
        }
    }

    /** Not by its class, which an application that does not speak HTTP/2 may lack. */
    private static boolean isOfHttp2(ConnectionFactory factory) {
        return factory.getProtocols().stream().anyMatch(OF_HTTP2::contains);
    }

    /** Others may replace what a client has said by what a proxy says of it. */
    private void installFirst(HttpConfiguration protocol) {
        List<HttpConfiguration.Customizer> all = new ArrayList<>(protocol.getCustomizers());
        all.add(0, this);
        protocol.setCustomizers(all);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            TargetHost.requireIn(request.getHeaders());
            return request;
        }
        HttpFields sent = request.getHeaders();
        require(isToken(request.getMethod()), "Invalid method");
        require(hasOneLength(sent), "Several or invalid values of Content-Length");
        require(OF_A_CONNECTION.stream().noneMatch(sent::contains), NO_SUCH_HEADER);
        require(isUpgraded(sent) || OF_AN_UPGRADE.stream().noneMatch(sent::contains), NO_SUCH_HEADER);
        return new Http2Request(request, headers(request, sent));
    }

    /** The server refuses streams with such a {@code Connection}. */
    private static boolean isUpgraded(HttpFields sent) {
        return sent.contains(HttpHeader.HTTP2_SETTINGS)
                && sent.getCSV(HttpHeader.CONNECTION, false).stream().anyMatch("Upgrade"::equalsIgnoreCase);
    }

    /** Whether an upstream of HTTP/1.1 could read another end of the message in its trailers. */
    static boolean framesAMessage(HttpFields trailers) {
        return OF_A_CONNECTION.stream().anyMatch(trailers::contains)
                || OF_AN_UPGRADE.stream().anyMatch(trailers::contains);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, otherwise);
        }
    }

    private static boolean isToken(String method) {
        return !method.isEmpty() && method.chars().allMatch(Http2Requests::isOfToken);
    }

    private static boolean isOfToken(int character) {
        HttpTokens.Token token = character > 0x7f ? null : HttpTokens.getToken((char) character);
        return token != null
                && switch (token.getType()) {
                    case ALPHA, DIGIT, TCHAR -> true;
                    default -> false;
                };
    }

    private static boolean hasOneLength(HttpFields sent) {
        List<String> lengths = sent.getValuesList(HttpHeader.CONTENT_LENGTH);
        return lengths.isEmpty() || (lengths.size() == 1 && lengths.get(0).matches("[0-9]{1,18}"));
    }

    private static HttpFields headers(Request request, HttpFields sent) {
        HttpFields.Mutable headers = HttpFields.build();
        headers.put(HttpHeader.HOST, host(request, sent));
        List<String> cookies = sent.getValuesList(HttpHeader.COOKIE);
        for (HttpField field : sent) {
            HttpHeader name = field.getHeader();
            boolean isOfUpgrade =
                    name == HttpHeader.CONNECTION || name == HttpHeader.UPGRADE || name == HttpHeader.HTTP2_SETTINGS;
            if (!isOfUpgrade && name != HttpHeader.HOST && name != HttpHeader.COOKIE) {
                headers.add(field);
            }
        }
        if (!cookies.isEmpty()) {
            headers.put(HttpHeader.COOKIE, String.join("; ", cookies));
        }
        return headers.asImmutable();
    }

    /** One that differs from the authority would name another host to a reader of only one of them. */
    private static String host(Request request, HttpFields sent) {
        Optional<String> authority = Optional.ofNullable(request.getHttpURI().getAuthority());
        List<String> hosts = sent.getValuesList(HttpHeader.HOST);
        require(hosts.size() < 2, "Several values of Host");
        require(authority.isPresent() || !hosts.isEmpty(), "No authority and no Host");
        String host = hosts.isEmpty() ? authority.orElseThrow() : hosts.get(0);
        require(host.equalsIgnoreCase(authority.orElse(host)), "Host differs from the authority");
        TargetHost.require(host);
        return host;
    }
}
