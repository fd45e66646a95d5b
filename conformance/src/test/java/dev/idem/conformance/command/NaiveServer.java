package dev.idem.conformance.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Creates things as a beginner's server does: it knows nothing of keys, or looks up first and creates then. */
final class NaiveServer implements AutoCloseable {
    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private NaiveServer(Function<NaiveServer, Function<Optional<String>, String>> behaviour) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Function<Optional<String>, String> answer = behaviour.apply(this);
        server.createContext("/things", exchange -> {
            Optional<String> key =
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            exchange.getRequestBody().readAllBytes();
            reply(exchange, answer.apply(key));
        });
        server.setExecutor(threads);
        server.start();
    }

    /** Keys mean nothing. */
    static NaiveServer withoutKeys() throws IOException {
        return new NaiveServer(self -> key -> self.create());
    }

    /** Each key has its answer, whatever the request says. */
    static NaiveServer withAnswersByKey() throws IOException {
        Map<String, String> answers = new ConcurrentHashMap<>();
        return new NaiveServer(self -> key -> key.map(known -> answers.computeIfAbsent(known, any -> self.create()))
                .orElseGet(self::create));
    }

    private String create() {
        return "{\"id\":" + number.incrementAndGet() + "}";
    }

    private static void reply(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
