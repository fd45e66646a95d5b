package dev.idem.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** A client of the gateway. */
record Caller(int port, HttpClient client) {
    static Caller of(int port) {
        return new Caller(
                port,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    /** A POST of JSON by the caller "ann". */
    HttpRequest.Builder order(String key, String body) {
        return to("/orders")
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(String key, String body) throws Exception {
        return send(order(key, body).build());
    }

    CompletableFuture<HttpResponse<String>> postLater(String key, String body) {
        return client.sendAsync(order(key, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(to(path).build());
    }

    HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
