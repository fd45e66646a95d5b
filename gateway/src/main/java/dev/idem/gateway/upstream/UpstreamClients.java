package dev.idem.gateway.upstream;

import dev.idem.gateway.route.UpstreamSettings;
import dev.idem.gateway.upstream.connection.RequestHeadLimit;
import dev.idem.gateway.upstream.connection.SharedSelectorConnector;
import dev.idem.gateway.upstream.connection.UpstreamTransports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client for each upstream. Not thread-safe: routes are replaced one set after another.
 *
 * <p>A client changes nothing: it follows no redirects, keeps no cookies, decodes nothing, adds no headers, and never
 * sends a request twice.
 */
public final class UpstreamClients {
    private static final Logger log = LoggerFactory.getLogger(UpstreamClients.class);

    /** How much is read of a head that is too large, so that its status is known. */
    private static final int MOST_READ_BYTES = 8 * UpstreamClient.MOST_HEAD_BYTES;

    private final Executor executor;
    private final Supplier<List<ManagedSelector>> selectors;
    private final Map<UpstreamSettings, UpstreamClient> clients = new HashMap<>();

    /** @param executor runs the clients' tasks; not stopped here */
    public UpstreamClients(Executor executor, Supplier<List<ManagedSelector>> selectors) {
        this.executor = executor;
        this.selectors = selectors;
    }

    /**
     * The client of an upstream, started now if there is none yet.
     *
     * @throws IllegalArgumentException if it cannot be started, such as for an invalid trust store
     */
    public UpstreamClient of(UpstreamSettings settings) {
        return clients.computeIfAbsent(settings, this::started);
    }

    /** Retires the clients of all other upstreams. */
    public void retainOnly(Set<UpstreamSettings> used) {
        clients.values().stream()
                .filter(client -> !used.contains(client.settings()))
                .forEach(UpstreamClient::retire);
        clients.keySet().retainAll(used);
    }

    private UpstreamClient started(UpstreamSettings settings) {
        HttpClient client = configured(settings);
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalArgumentException("upstream " + settings + " cannot be used: " + e.getMessage(), e);
        }
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().clear();
        client.getProtocolHandlers().put(new InterimResponses());
        return new UpstreamClient(settings, client, () -> executor.execute(() -> stop(settings, client)));
    }

    private HttpClient configured(UpstreamSettings settings) {
        ClientConnector connector = new SharedSelectorConnector(selectors);
        connector.setSelectors(1);
        connector.setConnectTimeout(settings.connectTimeout());
        if (settings.isSecure()) {
            connector.setSslContextFactory(trusting(settings));
        }
        HttpClientTransport transport = settings.protocol() == UpstreamSettings.Protocol.H2C
                ? UpstreamTransports.http2(connector, settings.maxAge())
                : UpstreamTransports.http1(connector, settings.maxIdle(), settings.maxAge());
        // What may block runs on a thread of its own, so that no response waits for another thread.
        transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
        HttpClient client = new HttpClient(transport);
        client.setExecutor(
                task -> executor.execute(task)); // not the pool itself, which the client would start and stop
        client.setConnectTimeout(settings.connectTimeout().toMillis());
        client.setAddressResolutionTimeout(settings.connectTimeout().toMillis());
        client.setIdleTimeout(settings.maxIdle().toMillis());
        client.setMaxConnectionsPerDestination(settings.maxConnections());
        // Each request is queued for a moment; UpstreamClient limits how many wait.
        client.setMaxRequestsQueuedPerDestination(settings.maxConnections() + settings.maxQueued());
        client.setMaxResponseHeadersSize(MOST_READ_BYTES);
        client.setRequestBufferSize(RequestHeadLimit.MOST_BYTES);
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        return client;
    }

    private static SslContextFactory.Client trusting(UpstreamSettings settings) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setEndpointIdentificationAlgorithm("HTTPS");
        settings.caFile().ifPresent(file -> tls.setTrustStore(PemTrustStore.read(file)));
        settings.trustStore()
                .ifPresent(file -> tls.setTrustStorePath(file.toUri().toString()));
        settings.trustStorePassword().ifPresent(tls::setTrustStorePassword);
        return tls;
    }

    private static void stop(UpstreamSettings settings, HttpClient client) {
        try {
            client.stop();
            log.info("No route uses {} any more; its connections are closed", settings);
        } catch (Exception e) {
            log.warn("the connections to {} could not be closed", settings, e);
        }
    }
}
