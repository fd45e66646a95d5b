package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.embedded.process.FreePort;
import dev.idem.verification.support.Haproxy;
import dev.idem.verification.support.NeedsPrograms;
import io.dropwizard.testing.ConfigOverride;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes behind HAProxy, which keeps connections, asks nodes whether they are ready, and sends what failed to the next one. {@link
 * RollingRestartIT} has a balancer of its own, and restarts nodes in every build.
 */
@ExtendWith(ServersExtension.class)
@NeedsPrograms("haproxy")
@EnabledIfSystemProperty(named = "test.form", matches = "full")
@Timeout(120)
final class HaproxyIT {
    private static final int CLIENTS = 3;
    private static final int BETWEEN_REQUESTS_MS = 5;
    private static final String ELSEWHERE = "127.0.0.7";

    private final TestRedis redis;
    private final TestDatabase database;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> answersOf = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();

    HaproxyIT(TestRedis redis, TestDatabase database) {
        this.redis = redis;
        this.database = database;
    }

    /** Where a node is, whichever process is that node. */
    private record Place(int port, int adminPort) {
        static Place any() {
            return new Place(FreePort.any(), FreePort.any());
        }

        String server(String... options) {
            return "127.0.0.1:" + port + " check port " + adminPort + ' ' + String.join(" ", options);
        }
    }

    private GatewayService start(Place place, Upstream upstream, ConfigOverride... more) throws Exception {
        List<ConfigOverride> settings = new ArrayList<>(List.of(more));
        settings.add(ConfigOverride.config("shutdown.drainDelay", "2s"));
        return GatewayService.patientAt(
                place.port(),
                place.adminPort(),
                redis,
                database,
                "- { prefix: /orders, upstream: \"" + upstream.url() + "\" }\n",
                settings.toArray(ConfigOverride[]::new));
    }

    @Test
    void noClientSeesThatNodesAreRestarted() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<Place> places = List.of(Place.any(), Place.any());
        List<GatewayService> nodes = new ArrayList<>();
        try (Upstream upstream = new Upstream();
                Haproxy balancer =
                        Haproxy.before(places.get(0).server(), places.get(1).server())) {
            for (Place place : places) {
                nodes.add(start(place, upstream));
            }
            Caller caller = Caller.of(balancer.port());
            await().until(() -> answers(caller, 0) && answers(caller, 1));
            failures.clear();
            int before = upstream.effects();
            List<CompletableFuture<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(CompletableFuture.supplyAsync(() -> order(caller), threads));
            }

            for (int i = 0; i < nodes.size(); i++) {
                awaitAnswersOf(i);
                nodes.get(i).close();
                nodes.set(i, start(places.get(i), upstream));
            }
            awaitAnswersOf(1);
            over.set(true);
            int served = 0;
            for (CompletableFuture<Integer> client : clients) {
                served += client.get();
            }

            assertThat(failures).isEmpty();
            assertThat(upstream.effects() - before).isEqualTo(served);
            assertThat(upstream.asked()).extracting(Upstream.Asked::body).doesNotHaveDuplicates();
        } finally {
            over.set(true);
            threads.shutdown();
            for (GatewayService node : nodes) {
                node.close();
            }
        }
    }

    private void awaitAnswersOf(int node) {
        AtomicInteger answers = answersOf.computeIfAbsent("node-" + node, name -> new AtomicInteger());
        int before = answers.get();
        await().until(() -> answers.get() > before + 50);
    }

    private boolean answers(Caller caller, int node) throws Exception {
        ask(caller);
        return answersOf.containsKey("node-" + node);
    }

    /** How many of its requests were served. */
    private int order(Caller caller) {
        int served = 0;
        try {
            while (!over.get()) {
                served += ask(caller);
                TimeUnit.MILLISECONDS.sleep(BETWEEN_REQUESTS_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failures.add(e.toString());
        }
        return served;
    }

    private int ask(Caller caller) throws Exception {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> answer = caller.post(key, "{\"key\":\"" + key + "\"}");
        answer.headers().firstValue("Served-By").ifPresent(name -> answersOf
                .computeIfAbsent(name, unused -> new AtomicInteger())
                .incrementAndGet());
        if (answer.statusCode() == 201) {
            return 1;
        }
        boolean repeatable = answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isPresent()
                && answer.headers().firstValue("Content-Type").orElse("").equals("application/problem+json");
        if (!repeatable) {
            failures.add(answer.statusCode() + " " + answer.body());
        }
        return 0;
    }

    /** The first node still waits for the upstream when the second one gets the request. */
    @Test
    void whatIsSentAgainToTheOtherNodeTakesEffectOnce() throws Exception {
        Place first = Place.any();
        Place second = Place.any();
        try (Upstream upstream = new Upstream();
                GatewayService one = start(first, upstream);
                GatewayService other = start(second, upstream);
                Haproxy balancer = Haproxy.before(first.server(), second.server())) {
            awaitReady(balancer, "node-0", "node-1");
            upstream.will((asked, response, callback) -> CompletableFuture.delayedExecutor(
                            Haproxy.PATIENCE_SECONDS + 1, TimeUnit.SECONDS)
                    .execute(() -> upstream.created(asked, response, callback)));

            HttpResponse<String> answer =
                    Caller.of(balancer.port()).post(UUID.randomUUID().toString(), "{}");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Idempotent-Replayed")).contains("true");
            assertThat(upstream.asked()).hasSize(1);
            assertThat(List.of(one.port(), other.port())).containsExactly(first.port(), second.port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2", "send-proxy-v2 proxy-v2-options unique-id,crc32c"})
    void thePROXYProtocolNamesTheClientWhereItIsSwitchedOnAndIsRefusedElsewhere(String option) throws Exception {
        Place switchedOn = Place.any();
        Place off = Place.any();
        try (Upstream upstream = new Upstream();
                GatewayService on = start(
                        switchedOn,
                        upstream,
                        ConfigOverride.config("server.applicationConnectors[0].useProxyProtocol", "true"));
                GatewayService plain = start(off, upstream);
                Haproxy before = Haproxy.before(switchedOn.server(option));
                Haproxy beforePlain = Haproxy.before(off.server(option))) {
            awaitReady(before, "node-0");
            awaitReady(beforePlain, "node-0");
            assertThat(fromElsewhere(before)).startsWith("HTTP/1.1 201 ");
            assertThat(upstream.lastAsked().header("X-Forwarded-For")).isEqualTo(ELSEWHERE);

            assertThat(fromElsewhere(beforePlain))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("the PROXY protocol: turn that off there, or set useProxyProtocol");
            assertThat(upstream.asked()).hasSize(1);
            assertThat(List.of(on.port(), plain.port())).containsExactly(switchedOn.port(), off.port());
        }
    }

    /** By requests that change nothing. */
    private static void awaitReady(Haproxy balancer, String... nodes) {
        Caller caller = Caller.of(balancer.port());
        Set<String> served = ConcurrentHashMap.newKeySet();
        await().until(() -> {
            caller.get("/problems").headers().firstValue("Served-By").ifPresent(served::add);
            return served.containsAll(List.of(nodes));
        });
    }

    private static String fromElsewhere(Haproxy balancer) throws Exception {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(ELSEWHERE, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), balancer.port()));
            String request =
                    "POST /orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ann\r\nConnection: close\r\n"
                            + "Idempotency-Key: " + UUID.randomUUID() + "\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
