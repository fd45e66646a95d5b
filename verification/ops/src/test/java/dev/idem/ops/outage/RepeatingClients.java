package dev.idem.ops.outage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that send new keys, each followed by repeats at any node, until they are stopped. They count what they get. For
 * one thread, which controls them.
 */
public final class RepeatingClients {
    private static final Pattern PROBLEM = Pattern.compile("/problems/([a-z-]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What no client may get. */
    private static final String WRONG = "wrong";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CountingApi api;
    private final List<Integer> ports;
    private final List<String> paths;
    private final Duration thinkTime;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final ConcurrentSkipListMap<String, Integer> seen = new ConcurrentSkipListMap<>();
    private final Queue<Long> millis = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * @param api that responds behind the nodes
     * @param ports of the nodes: each request is sent to any
     * @param paths to send to: each key has one
     * @param thinkTime of a client, after each key and its repeat
     */
    public RepeatingClients(CountingApi api, List<Integer> ports, List<String> paths, Duration thinkTime) {
        this.api = api;
        this.ports = List.copyOf(ports);
        this.paths = List.copyOf(paths);
        this.thinkTime = thinkTime;
    }

    public void start(int clients) {
        stopped = false;
        seen.clear();
        millis.clear();
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(this::sendUntilStopped, "client " + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Returns what the clients have got since they started, and how long it took. */
    public String stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
        return report();
    }

    /** Sends so many new keys, one after the other. */
    public void send(int keys) {
        for (int i = 0; i < keys; i++) {
            sendNew();
        }
    }

    /** Repeats each key whose answer a client has got. */
    public String repeatAll() {
        seen.clear();
        millis.clear();
        List.copyOf(answered).forEach(this::send);
        return report();
    }

    /** How many responses were of this kind since the last report began. */
    public int seen(String what) {
        return seen.getOrDefault(what, 0);
    }

    /** The kinds of all responses since the last report began: {@code executed}, {@code replayed}, or the name of a problem. */
    public Set<String> seen() {
        return Set.copyOf(seen.keySet());
    }

    public boolean sawWrong() {
        return seen.keySet().stream().anyMatch(what -> what.startsWith(WRONG));
    }

    public int answered() {
        return answered.size();
    }

    /** One that a client has got an answer for. */
    public String someKey() {
        return answered.iterator().next();
    }

    private void sendUntilStopped() {
        while (!stopped) {
            send(sendNew());
            LockSupport.parkNanos(thinkTime.toNanos());
        }
    }

    private String sendNew() {
        String key = UUID.randomUUID().toString();
        send(key);
        return key;
    }

    private void send(String key) {
        long begin = System.nanoTime();
        String what = responseTo(key);
        millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
        seen.merge(what, 1, Integer::sum);
        if (what.equals("executed")) {
            answered.add(key);
        }
    }

    private String responseTo(String key) {
        int port = ports.get(ThreadLocalRandom.current().nextInt(ports.size()));
        String path = paths.get(Math.floorMod(key.hashCode(), paths.size()));
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(PATIENCE)
                            .header("Authorization", "Bearer ann")
                            .header("Idempotency-Key", key)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofByteArray());
            if (response.statusCode() == 201) {
                boolean whole = Arrays.equals(response.body(), api.answer(key));
                boolean replayed =
                        response.headers().firstValue("Idempotent-Replayed").isPresent();
                return !whole ? WRONG : replayed ? "replayed" : "executed";
            }
            Matcher problem = PROBLEM.matcher(new String(response.body(), StandardCharsets.UTF_8));
            return problem.find() ? problem.group(1) : WRONG + " " + response.statusCode();
        } catch (IOException e) {
            return WRONG + " " + e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return WRONG;
        }
    }

    private String report() {
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        millis.clear();
        String times = sorted.length == 0
                ? ""
                : "; p50 %d, p99 %d, longest %d ms"
                        .formatted(
                                sorted[sorted.length / 2], sorted[sorted.length * 99 / 100], sorted[sorted.length - 1]);
        return seen + times;
    }
}
