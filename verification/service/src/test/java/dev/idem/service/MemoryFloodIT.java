package dev.idem.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process with 256 MiB, and strangers who send it more than it can hold. */
@ExtendWith(ServersExtension.class)
final class MemoryFloodIT {
    private static final int MIB = 1 << 20;
    private static final int STRANGERS = 140;
    private static final byte[] BODY = ("[" + "1,".repeat(MIB / 2 - 1) + "1").getBytes(US_ASCII);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void itLivesOnAndSoDoSmallRequests(TestRedis redis, TestDatabase database, @TempDir Path directory)
            throws Exception {
        Tables.in(database);
        HttpServer upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setExecutor(Executors.newCachedThreadPool());
        upstream.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        upstream.start();
        Path file = directory.resolve("config.yml");
        Files.writeString(
                file,
                Files.readString(Path.of(System.getProperty("project.root"), "config.yml"))
                        .replace(
                                "  routes: []",
                                "  routes: [{ prefix: /orders, upstream: 'http://127.0.0.1:"
                                        + upstream.getAddress().getPort() + "' }]"));
        Map<String, String> environment = ServiceProcess.environment(redis, database, "");
        List<Socket> strangers = new ArrayList<>();
        try (ServiceProcess service =
                ServiceProcess.start(List.of(), file, directory, environment).awaitReady()) {
            URI orders = service.api().uri("/orders");
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(announced(orders.getPort(), i % 2 == 0));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(small(orders).statusCode()).isEqualTo(201);
            }
            for (Socket stranger : strangers) {
                stranger.close();
            }

            assertThat(all(orders.getPort())).containsOnlyKeys(201, 503).containsKey(201);

            await().untilAsserted(() -> assertThat(small(orders).statusCode()).isEqualTo(201));
            assertThat(service.log()).doesNotContain("OutOfMemory");
            await().untilAsserted(
                            () -> assertThat(service.admin().get("/prometheus").body())
                                    .contains("idempotency_body_memory_bytes 0.0"));
        } finally {
            upstream.stop(0);
        }
    }

    /** All of a body but its last octet, as far as anybody reads it. */
    private static Socket announced(int port, boolean withLength) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            OutputStream out = socket.getOutputStream();
            String framing = withLength ? "Content-Length: " + MIB : "Transfer-Encoding: chunked";
            out.write(("POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + framing + "\r\n\r\n")
                    .getBytes(US_ASCII));
            if (!withLength) {
                out.write((Integer.toHexString(MIB) + "\r\n").getBytes(US_ASCII));
            }
            out.write(BODY);
        } catch (IOException refused) {
            return socket;
        }
        return socket;
    }

    private HttpRequest.Builder order(URI orders) {
        return HttpRequest.newBuilder(orders)
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> small(URI orders) throws Exception {
        return client.send(
                order(orders).POST(BodyPublishers.ofString("{}")).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What as many large requests are answered that come whole, at once, and with keys. */
    private static Map<Integer, Long> all(int port) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(STRANGERS);
        try {
            Callable<Integer> one = () -> answer(port);
            return threads.invokeAll(Collections.nCopies(STRANGERS, one)).stream()
                    .collect(Collectors.groupingBy(MemoryFloodIT::get, Collectors.counting()));
        } finally {
            threads.shutdown();
        }
    }

    private static int get(Future<Integer> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection that ends while the body is sent was refused; the response is lost with the unread bytes. */
    private static int answer(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: " + MIB
                            + "\r\nConnection: close\r\nAuthorization: Bearer ann\r\nIdempotency-Key: "
                            + UUID.randomUUID() + "\r\n\r\n")
                    .getBytes(US_ASCII));
            out.write(BODY);
            out.write(']');
            String head = new String(socket.getInputStream().readNBytes(12), US_ASCII);
            return head.isEmpty() ? 503 : Integer.parseInt(head.substring(9));
        } catch (SocketException refused) {
            return 503;
        }
    }
}
