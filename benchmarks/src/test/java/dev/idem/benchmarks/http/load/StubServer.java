package dev.idem.benchmarks.http.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server that notes what it is sent. The first request to a number of connections may wait for the others. */
final class StubServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

    /**
     * Starts it.
     *
     * @param status of all answers
     * @param together how many requests are answered together; 1: each for itself
     */
    StubServer(int status, int together) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CyclicBarrier barrier = new CyclicBarrier(together);
        server.createContext("/orders", exchange -> answer(exchange, status, barrier));
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange, int status, CyclicBarrier barrier) throws IOException {
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), US_ASCII));
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException("the others did not come", e);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    List<String> keys() {
        return List.copyOf(keys);
    }

    List<String> bodies() {
        return List.copyOf(bodies);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
