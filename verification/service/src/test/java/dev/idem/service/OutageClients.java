package dev.idem.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Clients that send new keys, one after the other, each followed by a repeat, until they are told to stop. */
final class OutageClients implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI orders;
    private final byte[] answer;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** @param answer what each executed request is answered with */
    OutageClients(URI orders, byte[] answer) {
        this.orders = orders;
        this.answer = answer;
    }

    void start(int clients) {
        stopped = false;
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(this::sendUntilStopped, "client " + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
    }

    /** What no client should have seen. */
    Queue<String> wrong() {
        return wrong;
    }

    private void sendUntilStopped() {
        try {
            while (!stopped) {
                String key = UUID.randomUUID().toString();
                HttpResponse<byte[]> first = send(key);
                if (first.statusCode() == 201) {
                    expect(isWhole(first), "a first answer", first);
                    String again = repeat(key);
                    expect(!again.isEmpty(), "a repeat", send(key));
                } else {
                    expect(first.statusCode() == 503, "a first answer", first);
                }
            }
        } catch (IOException | InterruptedException e) {
            wrong.add(String.valueOf(e));
        }
    }

    /** What a repeat gets: {@code replayed}, or the name of the problem; nothing if it is neither. */
    String repeat(String key) throws IOException, InterruptedException {
        HttpResponse<byte[]> again = send(key);
        boolean replayed = again.headers().firstValue("Idempotent-Replayed").isPresent();
        if (again.statusCode() == 201) {
            return replayed && isWhole(again) ? "replayed" : "";
        }
        String problem = new String(again.body(), StandardCharsets.UTF_8);
        return List.of("response-not-stored", "store-unavailable", "overloaded", "request-in-progress").stream()
                .filter(name -> problem.contains("/problems/" + name))
                .findFirst()
                .orElse("");
    }

    private boolean isWhole(HttpResponse<byte[]> response) {
        return Arrays.equals(response.body(), answer);
    }

    private void expect(boolean right, String what, HttpResponse<byte[]> response) {
        if (!right) {
            wrong.add(what + ": " + response.statusCode() + ", " + response.body().length + " bytes");
        }
    }

    private HttpResponse<byte[]> send(String key) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(orders)
                        .header("Authorization", "Bearer ann")
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    /** Without waiting for them. */
    @Override
    public void close() {
        stopped = true;
    }
}
