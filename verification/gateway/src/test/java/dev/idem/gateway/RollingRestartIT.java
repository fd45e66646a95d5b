package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes behind a balancer that asks them whether they are ready are restarted in turn, under load. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class RollingRestartIT {
    private static final int CLIENTS = 4;
    private static final int PROBED_EVERY_MS = 50;
    private static final int BETWEEN_REQUESTS_MS = 2;

    private final AtomicReferenceArray<Node> nodes = new AtomicReferenceArray<>(2);
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean over;

    /** Sends one order with a key, and says its status. */
    private interface Poster {
        int post(String key) throws Exception;
    }

    /** A node as the balancer sees it. */
    private static final class Node {
        final GatewayService service;
        final Poster poster;
        final Caller prober;
        volatile boolean ready;

        Node(GatewayService service, IntFunction<Poster> posters) {
            this.service = service;
            this.poster = posters.apply(service.port());
            this.prober = Caller.of(service.adminPort());
        }

        void probe() throws InterruptedException {
            try {
                ready = prober.get("/health/ready").statusCode() == 200;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception stopped) {
                ready = false;
            }
        }
    }

    @Test
    void noClientSeesThatNodesAreRestarted(TestRedis redis, TestDatabase database) throws Exception {
        restart(upstream -> start(redis, database, upstream, RollingRestartIT::overHttp11));
    }

    /** Its client does not send again what may have been sent. */
    @Test
    @EnabledIfSystemProperty(named = "test.form", matches = "full")
    void noClientOfHttp2SeesThatNodesAreRestarted(TestRedis redis, TestDatabase database) throws Exception {
        restart(upstream -> start(
                redis,
                database,
                upstream,
                RollingRestartIT::overHttp2,
                ConfigOverride.config("server.applicationConnectors[0].type", "h2c")));
    }

    private static Poster overHttp11(int port) {
        Caller caller = Caller.of(port);
        return key -> caller.post(key, "{}").statusCode();
    }

    private static Poster overHttp2(int port) {
        OkHttpClient client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .retryOnConnectionFailure(false)
                .build();
        return key -> {
            Request order = new Request.Builder()
                    .url("http://127.0.0.1:" + port + "/orders")
                    .header("Authorization", "Bearer ann")
                    .header("Idempotency-Key", key)
                    .post(RequestBody.create("{}", MediaType.get("application/json")))
                    .build();
            try (Response answer = client.newCall(order).execute()) {
                return answer.code();
            }
        };
    }

    private interface Starter {
        Node start(Upstream upstream) throws Exception;
    }

    private void restart(Starter starter) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1 + CLIENTS);
        try (Upstream upstream = new Upstream()) {
            nodes.set(0, starter.start(upstream));
            nodes.set(1, starter.start(upstream));
            List<CompletableFuture<Void>> running = new ArrayList<>();
            running.add(CompletableFuture.runAsync(this::balance, threads));
            await().until(() -> nodes.get(0).ready && nodes.get(1).ready);
            for (int i = 0; i < CLIENTS; i++) {
                running.add(CompletableFuture.runAsync(this::order, threads));
            }

            for (int i = 0; i < nodes.length(); i++) {
                int before = answered.get();
                await().until(() -> answered.get() > before + 100);
                nodes.get(i).service.close();
                Node next = starter.start(upstream);
                nodes.set(i, next);
                await().until(() -> next.ready);
            }
            int before = answered.get();
            await().until(() -> answered.get() > before + 100);
            over = true;
            for (CompletableFuture<Void> each : running) {
                each.get();
            }

            assertThat(failures).isEmpty();
            assertThat(upstream.effects()).isEqualTo(answered.get());
            nodes.get(0).service.close();
            nodes.get(1).service.close();
        } finally {
            over = true;
            threads.shutdown();
        }
    }

    private static Node start(
            TestRedis redis,
            TestDatabase database,
            Upstream upstream,
            IntFunction<Poster> posters,
            ConfigOverride... more)
            throws Exception {
        String route = "- { prefix: /orders, upstream: \"" + upstream.url() + "\" }\n";
        List<ConfigOverride> settings = new ArrayList<>(List.of(more));
        settings.add(ConfigOverride.config("shutdown.drainDelay", "2s"));
        return new Node(
                GatewayService.patient(redis, database, route, settings.toArray(ConfigOverride[]::new)), posters);
    }

    private void balance() {
        try {
            while (!over) {
                for (int i = 0; i < nodes.length(); i++) {
                    nodes.get(i).probe();
                }
                TimeUnit.MILLISECONDS.sleep(PROBED_EVERY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void order() {
        try {
            while (!over) {
                Node first = nodes.get(ThreadLocalRandom.current().nextInt(nodes.length()));
                Node node = first.ready ? first : nodes.get(0).ready ? nodes.get(0) : nodes.get(1);
                ask(node);
                TimeUnit.MILLISECONDS.sleep(BETWEEN_REQUESTS_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Node node) throws InterruptedException {
        try {
            int status = node.poster.post(UUID.randomUUID().toString());
            answered.incrementAndGet();
            if (status != 201) {
                failures.add("status " + status);
            }
        } catch (IOException e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failures.add("unexpected: " + e);
        }
    }
}
