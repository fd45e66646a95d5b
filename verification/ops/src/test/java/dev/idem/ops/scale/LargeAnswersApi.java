package dev.idem.ops.scale;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An API whose answers have 1 MiB, differ for each key, and which counts the executions of each key. Thread-safe. */
final class LargeAnswersApi implements AutoCloseable {
    /** The most that a route stores by default. */
    private static final int BYTES = 1 << 20;

    private final Map<String, Integer> executions = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    LargeAnswersApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::execute);
        server.start();
    }

    private void execute(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        executions.merge(key, 1, Integer::sum);
        exchange.getResponseHeaders().add("Content-Type", "application/octet-stream");
        boolean chunked = key.hashCode() % 4 == 0;
        exchange.sendResponseHeaders(201, chunked ? 0 : BYTES);
        exchange.getResponseBody().write(answer(key));
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static byte[] answer(String key) {
        byte[] answer = new byte[BYTES];
        new Random(key.hashCode()).nextBytes(answer);
        return answer;
    }

    /** How many keys were executed. */
    int keys() {
        return executions.size();
    }

    /** How many keys were executed more than once. */
    long twice() {
        return executions.values().stream().filter(times -> times > 1).count();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
