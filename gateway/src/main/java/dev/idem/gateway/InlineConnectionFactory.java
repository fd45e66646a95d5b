package dev.idem.gateway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.ContainerLifeCycle;

/**
 * Makes connections that start their next request on the thread that has ended the previous one. Jetty's own
 * connections take a pool thread for it, in case the next handler blocks. While there are routes, no handler here
 * blocks. Thread-safe.
 */
final class InlineConnectionFactory extends ContainerLifeCycle implements ConnectionFactory {
    /** The connector as a connection of this factory sees it. */
    private interface Inline {
        Connector connector();
    }

    private final ConnectionFactory factory;
    private final Connector inline;

    /**
     * @param connector the owner of the connections
     * @param mayRunInline whether handling a request cannot block at this moment
     */
    InlineConnectionFactory(ConnectionFactory factory, Connector connector, BooleanSupplier mayRunInline) {
        this.factory = factory;
        this.inline = withExecutor(connector, task -> {
            if (task instanceof Connection && mayRunInline.getAsBoolean()) {
                task.run();
            } else {
                connector.getExecutor().execute(task);
            }
        });
        installBean(factory);
    }

    /** A connection asks its connector for the executor; there is no other way to give it one. */
    private static Connector withExecutor(Connector connector, Executor executor) {
        return (Connector) Proxy.newProxyInstance(
                Connector.class.getClassLoader(),
                new Class<?>[] {Connector.class, Inline.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Inline.class) {
                        return connector;
                    }
                    if (method.getName().equals("getExecutor")) {
                        return executor;
                    }
                    try {
                        return method.invoke(connector, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    /** The request with the real connector: some handlers compare connectors by identity. */
    static Request plain(Request request) {
        return request.getConnectionMetaData().getConnector() instanceof Inline inline
                ? new PlainRequest(request, inline.connector())
                : request;
    }

    private static final class PlainRequest extends Request.Wrapper {
        private final ConnectionMetaData connection;

        PlainRequest(Request request, Connector connector) {
            super(request);
            this.connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
                @Override
                public Connector getConnector() {
                    return connector;
                }
            };
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }

    @Override
    public String getProtocol() {
        return factory.getProtocol();
    }

    @Override
    public List<String> getProtocols() {
        return factory.getProtocols();
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return factory.newConnection(inline, endPoint);
    }
}
