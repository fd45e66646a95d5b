package dev.idem.gateway.upstream.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.http2.client.transport.internal.HttpConnectionOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/** Jetty's transports with our own connections. */
public final class UpstreamTransports {
    private UpstreamTransports() {}

    public static HttpClientTransport http1(ClientConnector connector, Duration maxIdle, Duration maxAge) {
        Connections connections = new Connections(maxIdle);
        HttpClientTransport transport = new HttpClientTransportOverHTTP(connector) {
            @Override
            public Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
                return connections.newConnection(endPoint, context);
            }
        };
        limitAge(transport, maxAge);
        return transport;
    }

    public static HttpClientTransport http2(ClientConnector connector, Duration maxAge) {
        HTTP2Client client = new HTTP2Client(connector);
        client.setMaxRequestHeadersSize(RequestHeadLimit.MOST_BYTES); // a lower limit of the upstream counts
        HttpClientTransport transport = new HttpClientTransportOverHTTP2(client) {
            @Override
            protected org.eclipse.jetty.client.Connection newConnection(
                    Destination destination, Session session, HTTP2Connection connection) {
                return new Multiplexed(destination, session, connection);
            }
        };
        limitAge(transport, maxAge);
        return transport;
    }

    /** An old connection carries no new request, and ends after the last one that it carries. */
    private static void limitAge(HttpClientTransport transport, Duration maxAge) {
        ConnectionPool.Factory usual = transport.getConnectionPoolFactory();
        transport.setConnectionPoolFactory(destination -> {
            AbstractConnectionPool pool = (AbstractConnectionPool) usual.newConnectionPool(destination);
            pool.setMaxDuration(maxAge.toMillis());
            return pool;
        });
    }

    private static final class Connections extends HttpClientConnectionFactory {
        private final Duration maxIdle;

        Connections(Duration maxIdle) {
            this.maxIdle = maxIdle;
        }

        @Override
        public Connection newConnection(EndPoint endPoint, Map<String, Object> context) {
            UpstreamConnection connection = new UpstreamConnection(endPoint, context, maxIdle);
            connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
            return customize(connection, context);
        }
    }

    /** A connection that is not idle while a response is awaited. */
    private static final class Multiplexed extends HttpConnectionOverHTTP2 {
        Multiplexed(Destination destination, Session session, HTTP2Connection connection) {
            super(destination, session, connection);
        }

        @Override
        public boolean onIdleTimeout(long idleTimeout, Throwable failure) {
            return getSession().getStreams().isEmpty() && super.onIdleTimeout(idleTimeout, failure);
        }
    }
}
