package dev.idem.chaos.run;

import dev.idem.chaos.history.Exchange;
import dev.idem.chaos.history.Exchange.Reply;
import dev.idem.chaos.history.Exchange.Round;
import dev.idem.chaos.history.History;
import dev.idem.chaos.stage.NodeProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Sends requests and writes down what came of each. Thread-safe. */
final class Courier {
    /** Longer than any request may take: one that does is seen, and does not hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final History history;
    private final List<NodeProcess> nodes;

    Courier(History history, List<NodeProcess> nodes) {
        this.history = history;
        this.nodes = List.copyOf(nodes);
    }

    int nodes() {
        return nodes.size();
    }

    Exchange send(Item item, Round round, int client, int node) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        nodes.get(node).at(item.workload().path()))
                .timeout(PATIENCE)
                .header("X-User", item.user())
                .header("Idempotency-Key", item.key().toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(item.body()));
        item.think().ifPresent(think -> request.header("X-Think", Long.toString(think.toMillis())));
        Duration begin = history.now();
        Exchange exchange;
        try {
            Reply reply = replyOf(http.send(request.build(), BodyHandlers.ofString()));
            exchange =
                    new Exchange(item.key(), item.workload(), round, client, node, begin, history.now(), reply, null);
        } catch (IOException e) {
            exchange = new Exchange(
                    item.key(), item.workload(), round, client, node, begin, history.now(), null, e.toString());
        }
        history.add(exchange);
        return exchange;
    }

    private static Reply replyOf(HttpResponse<String> response) {
        return new Reply(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Idempotent-Replayed").isPresent());
    }
}
