package dev.idem.dropwizard.lifetime;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Ends a suspended request whose client has gone before the server began to wait for the answer. The server tells nobody of that, and would
 * wait without end. Thread-safe.
 */
final class LostClient {
    private final ServletContextRequest server;
    private final Lifetime lifetime;
    private volatile boolean lost;

    private LostClient(ServletContextRequest server, Lifetime lifetime) {
        this.server = server;
        this.lifetime = lifetime;
    }

    /** Watches a client from now on; empty if the request is not one of Jetty's. */
    static Optional<LostClient> watch(ServletRequest request, Lifetime lifetime) {
        return serverOf(request).map(server -> {
            LostClient client = new LostClient(server, lifetime);
            server.addFailureListener(failure -> client.lost = true);
            return client;
        });
    }

    private static Optional<ServletContextRequest> serverOf(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner instanceof ServletApiRequest
                ? Optional.of(ServletContextRequest.getServletContextRequest(inner))
                : Optional.empty();
    }

    /**
     * The request has been suspended, and its end has a listener. The server's own reaction comes first: it has none while the
     * servlet is still called. A client that goes after this check finds the listener.
     */
    void suspended(AsyncContext started) {
        server.addFailureListener(failure -> complete(started));
        if (lost || hasFailed()) {
            complete(started);
        }
    }

    /**
     * A listener that is added after the failure is never called, but a read fails. Where the body has been read there is nothing
     * that this read could take away; where it has not, its reader sees the failure.
     */
    private boolean hasFailed() {
        return server.getHttpInput().isFinished()
                && Content.Chunk.isFailure(Request.unWrap(server).read());
    }

    private void complete(AsyncContext started) {
        if (!lifetime.isOver()) {
            try {
                started.complete();
            } catch (IllegalStateException ended) {
                // an answer came first, or the server itself ends the request
            }
        }
    }
}
