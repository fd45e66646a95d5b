package dev.idem.ops.outage;

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

/** An API whose answers differ for each key, and which counts the executions of each key. Thread-safe. */
public final class CountingApi implements AutoCloseable {
    private final Map<String, Integer> executions = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final int bytes;

    /** @param bytes of an answer */
    public CountingApi(int bytes) throws IOException {
        this.bytes = bytes;
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
        exchange.sendResponseHeaders(201, chunked ? 0 : bytes);
        exchange.getResponseBody().write(answer(key));
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    byte[] answer(String key) {
        byte[] answer = new byte[bytes];
        new Random(key.hashCode()).nextBytes(answer);
        return answer;
    }

    /** How many keys were executed. */
    public int keys() {
        return executions.size();
    }

    /** How many keys were executed more than once. */
    public long twice() {
        return executions.values().stream().filter(times -> times > 1).count();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
