package dev.idem.service;

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

/** An API that answers each request with nearly 1 MiB, and counts the executions of each key. */
final class LargeAnswers implements AutoCloseable {
    private static final int BYTES = (1 << 20) - 100;

    private final byte[] answer = new byte[BYTES];
    private final Map<String, Integer> executions = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    LargeAnswers() throws IOException {
        new Random(1).nextBytes(answer);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::execute);
        server.start();
    }

    private void execute(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        executions.merge(exchange.getRequestHeaders().getFirst("Idempotency-Key"), 1, Integer::sum);
        exchange.getResponseHeaders().add("Content-Type", "application/octet-stream");
        exchange.sendResponseHeaders(201, BYTES);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    byte[] answer() {
        return answer;
    }

    /** How many times each key was executed. */
    Map<String, Integer> executions() {
        return executions;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
