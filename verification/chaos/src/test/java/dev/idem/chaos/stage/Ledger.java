package dev.idem.chaos.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.idem.chaos.history.Effect;
import dev.idem.chaos.history.History;
import dev.idem.chaos.history.Workload;
import dev.idem.chaos.node.EffectReport;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The world outside, on which requests take effect. It never fails and forgets nothing. */
final class Ledger implements AutoCloseable {
    private final ObjectMapper json = Jackson.newObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final History history;
    private final HttpServer server;

    Ledger(History history) throws IOException {
        this.history = history;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/effects", this::take);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/effects");
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            EffectReport report = json.readValue(exchange.getRequestBody(), EffectReport.class);
            history.add(new Effect(
                    report.key(),
                    Workload.PLAIN,
                    report.id(),
                    report.node(),
                    report.fencing(),
                    report.attempt(),
                    history.at(report.entered()),
                    history.now()));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
