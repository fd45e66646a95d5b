package dev.idem.gateway;

import dev.idem.gateway.exchange.GatewayMetrics;
import dev.idem.gateway.exchange.RouteExchange;
import dev.idem.gateway.exchange.RouteFactory;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.route.RouteTable;
import dev.idem.gateway.route.UpstreamSettings;
import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.gateway.upstream.UpstreamClients;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.completion.ResponseContract;
import dev.idem.http.jetty.HttpConfigurations;
import dev.idem.http.jetty.LingeringClose;
import dev.idem.http.policy.CorsPolicy;
import dev.idem.http.policy.RoutePolicy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.Container;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's routes, from the server's start to its end. They can be replaced while requests are served.
 * Thread-safe.
 *
 * <p>The handler sits in front of the application's own handlers, such as compression, and behind those that count
 * requests and end them at shutdown.
 */
public final class Gateway extends AbstractLifeCycle implements LifeCycle.Listener {
    private static final String CONNECTOR = "application";
    private static final String NAMES_BELOW = "/api/v1/admin/idempotency/records/";

    /** The largest head of an upstream's response, and room for the headers that the gateway adds. */
    private static final int MOST_HEAD_BYTES = UpstreamClient.MOST_HEAD_BYTES + (8 << 10);

    /** Violations that let two servers see the end of a message in different places. */
    private static final HttpCompliance.Violation[] FRAMED_IN_TWO_WAYS = {
        HttpCompliance.Violation.LF_CHUNK_TERMINATION,
        HttpCompliance.Violation.MULTILINE_FIELD_VALUE,
        HttpCompliance.Violation.MULTIPLE_CONTENT_LENGTHS,
        HttpCompliance.Violation.NO_COLON_AFTER_FIELD_NAME,
        HttpCompliance.Violation.TRANSFER_ENCODING_WITH_CONTENT_LENGTH,
        HttpCompliance.Violation.WHITESPACE_AFTER_FIELD_NAME
    };

    private final List<RouteSettings> initial;
    private final RouteFactory factory;
    private final Optional<CorsPolicy> cors;
    private final LoginBodyReader logins;
    private volatile RouteTable<RouteExchange> table = new RouteTable<>(Map.of());
    private @Nullable UpstreamClients clients;
    private @Nullable Server server;

    /**
     * @param cors which scripts may read the responses of the application behind the gateway; empty if the application
     *     decides
     * @param longestLogin the largest login body that is read ahead, in bytes
     */
    public Gateway(
            List<RouteSettings> routes, IdempotencyRuntime runtime, Optional<CorsPolicy> cors, int longestLogin) {
        this.cors = cors;
        this.logins = new LoginBodyReader(runtime.memory(), longestLogin);
        this.initial = List.copyOf(routes);
        GatewayMetrics metrics = new GatewayMetrics(runtime.prometheus());
        metrics.watchUpstreams(this::availableUpstreams);
        this.factory = new RouteFactory(runtime, metrics);
    }

    /** Inserts the handler while the server's handlers can still be changed. */
    @Override
    public void lifeCycleStarting(LifeCycle starting) {
        if (starting instanceof Server built) {
            server = built;
            UriCompliance application = UriCompliance.DEFAULT;
            for (Connector connector : built.getConnectors()) {
                if (CONNECTOR.equals(connector.getName())) {
                    application = openTo(connector, UriCompliance.UNSAFE);
                    goOnInline((AbstractConnector) connector);
                }
            }
            Handler.Singleton above = built;
            while (above.getHandler() instanceof LingeringClose || above.getHandler() instanceof GracefulHandler) {
                above = (Handler.Singleton) above.getHandler();
            }
            above.setHandler(new GatewayHandler(
                    above.getHandler(), () -> table, CONNECTOR, application, NAMES_BELOW, ownAnswers(), logins));
        }
    }

    /** Responses that belong to no route. */
    private GatewayResponses ownAnswers() {
        return new GatewayResponses(ResponseContract.of(Optional.empty(), RoutePolicy.DEFAULT), cors);
    }

    /** @return the previous setting */
    private static UriCompliance openTo(Connector connector, UriCompliance uris) {
        UriCompliance before = UriCompliance.DEFAULT;
        for (HttpConfiguration http : HttpConfigurations.of(connector)) {
            before = http.getUriCompliance();
            http.setUriCompliance(uris);
            http.setMaxResponseHeaderSize(Math.max(http.getMaxResponseHeaderSize(), MOST_HEAD_BYTES));
            http.setHttpCompliance(http.getHttpCompliance().without("GATEWAY", FRAMED_IN_TWO_WAYS));
        }
        return before;
    }

    /** HTTP/1.1 alone: connections of HTTP/2 run what cannot block where they read. */
    private void goOnInline(AbstractConnector connector) {
        connector.setConnectionFactories(connector.getConnectionFactories().stream()
                .map(factory -> HttpVersion.HTTP_1_1.is(factory.getProtocol())
                        ? new InlineConnectionFactory(factory, connector, () -> !table.isEmpty())
                        : factory)
                .toList());
    }

    @Override
    protected synchronized void doStart() {
        Server started = server;
        if (started == null) {
            throw new IllegalStateException("a gateway needs a server");
        }
        clients = new UpstreamClients(started.getThreadPool(), () -> selectors(started));
        replace(initial);
    }

    /** The selectors that watch client connections; empty before the server has started. */
    private static List<ManagedSelector> selectors(Server server) {
        return Arrays.stream(server.getConnectors())
                .filter(connector -> CONNECTOR.equals(connector.getName()))
                .filter(Connector::isRunning)
                .flatMap(connector -> ((Container) connector).getContainedBeans(ManagedSelector.class).stream())
                .toList();
    }

    /**
     * Replaces the routes. Requests under way end on the old ones. A route whose settings are unchanged keeps its
     * connections and counters.
     *
     * @throws IllegalArgumentException if an upstream's client cannot be started; then nothing has changed
     */
    public synchronized void replace(List<RouteSettings> routes) {
        UpstreamClients started = clients;
        if (started == null) {
            throw new IllegalStateException("the gateway has not been started");
        }
        Map<String, RouteExchange> known = routes().stream()
                .collect(Collectors.toMap(route -> route.settings().prefix(), route -> route));
        try {
            Map<String, RouteExchange> next = new HashMap<>();
            for (RouteSettings route : routes) {
                RouteExchange before = known.get(route.prefix());
                next.put(
                        route.prefix(),
                        before != null && before.settings().equals(route)
                                ? before
                                : factory.route(route, started.of(route.upstream())));
            }
            table = new RouteTable<>(next);
        } finally {
            started.retainOnly(upstreams());
        }
    }

    private Set<UpstreamSettings> upstreams() {
        return routes().stream().map(route -> route.settings().upstream()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * By address, whether the upstream is available. While routes change, an address may have two breakers; it is
     * unavailable if one of them is open.
     */
    private Map<String, Boolean> availableUpstreams() {
        return routes().stream()
                .map(RouteExchange::upstream)
                .collect(Collectors.toMap(
                        upstream -> upstream.settings().toString(),
                        upstream -> !upstream.isBreakerOpen(),
                        Boolean::logicalAnd));
    }

    /** The current routes, the longest prefix first. */
    public List<RouteExchange> routes() {
        return table.routes();
    }

    @Override
    protected synchronized void doStop() {
        if (clients != null) {
            clients.retainOnly(Set.of());
        }
    }
}
