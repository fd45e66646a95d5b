package dev.idem.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/** An API that knows nothing of repeated requests, and remembers what it was asked. */
final class Upstream implements AutoCloseable {
    /** What it was asked once. */
    record Asked(String method, String target, HttpFields headers, String body) {
        String header(String name) {
            return String.join(", ", headers.getValuesList(name));
        }
    }

    /** How it answers. */
    interface Behaviour {
        void answer(Asked asked, Response response, Callback callback) throws Exception;
    }

    private final Server server = new Server();
    private final ServerConnector connector;
    private final List<Asked> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger effects = new AtomicInteger();
    private volatile Behaviour behaviour;

    Upstream() throws Exception {
        this(http -> new ConnectionFactory[] {new HttpConnectionFactory(http)});
    }

    /** @param protocols what it speaks, the first on a new connection */
    Upstream(Function<HttpConfiguration, ConnectionFactory[]> protocols) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        http.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(server, protocols.apply(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Recording());
        behaviour = this::created;
        server.start();
    }

    int port() {
        return connector.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    void will(Behaviour next) {
        behaviour = next;
    }

    /** Each request takes effect, and says the how manieth effect it was. */
    void created(Asked asked, Response response, Callback callback) {
        response.setStatus(201);
        response.getHeaders().put("Content-Type", "application/json");
        response.getHeaders().put("Location", "/orders/" + effects.incrementAndGet());
        write(response, "{\"order\":" + effects.get() + "}", callback);
    }

    static void write(Response response, String body, Callback callback) {
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
    }

    /** Ends its HTTP/2 connections, after the requests that have come on them. */
    void leaveConnections() {
        for (EndPoint end : connector.getConnectedEndPoints()) {
            if (end.getConnection() instanceof HTTP2Connection connection) {
                var unused = connection.getSession().shutdown();
            }
        }
    }

    int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /** Whether it has no connections. */
    boolean isLeft() {
        return connector.getConnectedEndPoints().isEmpty();
    }

    int effects() {
        return effects.get();
    }

    void takeEffect() {
        effects.incrementAndGet();
    }

    List<Asked> asked() {
        return all;
    }

    Asked lastAsked() {
        return all.get(all.size() - 1);
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    private final class Recording extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String body = Content.Source.asString(request, StandardCharsets.UTF_8);
            Asked asked = new Asked(
                    request.getMethod(),
                    request.getHttpURI().getPathQuery(),
                    request.getHeaders().asImmutable(),
                    body);
            all.add(asked);
            behaviour.answer(asked, response, callback);
            return true;
        }
    }
}
