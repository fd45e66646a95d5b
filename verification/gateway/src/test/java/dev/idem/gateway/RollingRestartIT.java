package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    /** A node as the balancer sees it. */
    private static final class Node {
        final GatewayService service;
        final Caller caller;
        final Caller prober;
        volatile boolean ready;

        Node(GatewayService service) {
            this.service = service;
            this.caller = Caller.of(service.port());
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
        try (Upstream upstream = new Upstream()) {
            nodes.set(0, start(redis, database, upstream));
            nodes.set(1, start(redis, database, upstream));
            List<CompletableFuture<Void>> running = new ArrayList<>();
            running.add(CompletableFuture.runAsync(this::balance));
            await().until(() -> nodes.get(0).ready && nodes.get(1).ready);
            for (int i = 0; i < CLIENTS; i++) {
                running.add(CompletableFuture.runAsync(this::order));
            }

            for (int i = 0; i < nodes.length(); i++) {
                int before = answered.get();
                await().until(() -> answered.get() > before + 100);
                nodes.get(i).service.close();
                Node next = start(redis, database, upstream);
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
        }
    }

    private static Node start(TestRedis redis, TestDatabase database, Upstream upstream) throws Exception {
        String route = "- { prefix: /orders, upstream: \"" + upstream.url() + "\" }\n";
        return new Node(
                GatewayService.patient(redis, database, route, ConfigOverride.config("shutdown.drainDelay", "500ms")));
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
            HttpResponse<String> answer = node.caller.post(UUID.randomUUID().toString(), "{}");
            answered.incrementAndGet();
            if (answer.statusCode() != 201) {
                failures.add(answer.statusCode() + " " + answer.body());
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
