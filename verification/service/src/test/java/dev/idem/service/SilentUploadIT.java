package dev.idem.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies that never come to the service's own API, and to its admin port: 10 s are waited for them, for all at the same time. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class SilentUploadIT {
    private static final int WITHIN_S = 25;

    /** Jackson reads a login's body, the layer's filter a share's, the server a task's; none of them waits without end. */
    @Test
    void aBodyThatNeverComesHoldsNoThread(TestRedis redis, TestDatabase database) throws Exception {
        try (RunningService service = new RunningService(redis, database)) {
            isGivenUp(service);
        }
    }

    /** Of both ports, more senders than the server has threads; each has sent a part. */
    @Test
    void anyNumberOfSlowSendersHoldsNoThread(TestRedis redis, TestDatabase database) throws Exception {
        try (RunningService service =
                new RunningService(redis, database, "server.maxThreads", "24", "server.adminMaxThreads", "24")) {
            List<Socket> slow = new ArrayList<>();
            try {
                for (int i = 0; i < 60; i++) {
                    slow.add(sending(URI.create(service.api().base()).getPort()));
                    slow.add(sending(service.support().getAdminPort()));
                }

                HttpResponse<String> health =
                        Api.at(service.support().getAdminPort()).get("/healthcheck");

                assertThat(health.statusCode()).isEqualTo(200);
                assertThat(service.api().login(RunningService.ANN, RunningService.PASSWORD))
                        .isNotEmpty();
            } finally {
                for (Socket socket : slow) {
                    socket.close();
                }
            }
        }
    }

    private static Socket sending(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(("POST /api/auth/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 60000\r\n\r\n{")
                        .getBytes(US_ASCII));
        return socket;
    }

    private static void isGivenUp(RunningService service) throws Exception {
        Api api = service.api();
        String token = api.login(RunningService.ANN, RunningService.PASSWORD);
        String key = UUID.randomUUID().toString();
        String json = "Host: 127.0.0.1\r\nContent-Type: application/json\r\n";
        String form = "Host: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        String share = "Authorization: Bearer " + token + "\r\nIdempotency-Key: " + key + "\r\n";
        String never = "Content-Length: 100\r\n\r\n";
        String extended = "Transfer-Encoding: chunked\r\n\r\n1;";
        int port = URI.create(api.base()).getPort();
        int adminPort = service.support().getAdminPort();

        List<CompletableFuture<String>> answers = List.of(
                answer(port, "POST /api/auth/login HTTP/1.1\r\n" + json + never, ""),
                answer(port, "POST /api/auth/login HTTP/1.1\r\n" + json + extended, "x"),
                answer(port, "POST /api/v1/shares HTTP/1.1\r\n" + json + share + never + "{", ""),
                answer(port, "POST /api/v1/shares HTTP/1.1\r\n" + json + share + extended, "x"),
                answer(adminPort, "POST /tasks/log-level HTTP/1.1\r\n" + form + never + "logger", ""),
                answer(adminPort, "POST /tasks/log-level HTTP/1.1\r\n" + form + extended, "x"));

        assertThat(answers.subList(0, 4)).extracting(CompletableFuture::join).allSatisfy(answer -> assertThat(answer)
                .startsWith("HTTP/1.1 408 ")
                .containsIgnoringCase("connection: close")
                .contains("/problems/request-timeout"));
        assertThat(answers.subList(4, 6)).extracting(CompletableFuture::join).allSatisfy(answer -> assertThat(answer)
                .matches("(?s)HTTP/1.1 [45].*"));
        assertThat(api.share(token, key, Api.REDDIT).statusCode()).isEqualTo(201);
    }

    /** All that comes until the connection ends, to which a piece is sent again and again. */
    private static CompletableFuture<String> answer(int port, String request, String piece) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread client = new Thread(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(request.getBytes(US_ASCII));
                socket.setSoTimeout(500);
                answer.complete(untilItsEnd(socket, piece));
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        client.setDaemon(true);
        client.start();
        return answer.orTimeout(WITHIN_S, TimeUnit.SECONDS);
    }

    private static String untilItsEnd(Socket socket, String piece) throws IOException {
        StringBuilder read = new StringBuilder();
        while (true) {
            try {
                int octet = socket.getInputStream().read();
                if (octet < 0) {
                    return read.toString();
                }
                read.append((char) octet);
            } catch (SocketTimeoutException notYet) {
                socket.getOutputStream().write(piece.getBytes(US_ASCII));
            }
        }
    }
}
