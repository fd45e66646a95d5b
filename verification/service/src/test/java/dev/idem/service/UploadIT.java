package dev.idem.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests whose body never arrives, or never ends, leave no record. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class UploadIT {
    private static final int ANNOUNCED = 10_000;

    private final String key = UUID.randomUUID().toString();
    private RunningService service;
    private Api api;
    private String token;

    @BeforeEach
    void start(TestRedis redis, TestDatabase database) throws Exception {
        service = new RunningService(redis, database);
        api = service.api();
        token = api.login(RunningService.ANN, RunningService.PASSWORD);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void anUploadThatOnlyTricklesIsEnded() throws Exception {
        try (Socket socket = begun()) {
            socket.setSoTimeout(50);

            String answer = trickle(socket);

            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
        assertThat(api.share(token, key, Api.REDDIT).statusCode()).isEqualTo(201);
    }

    @Test
    void aClientThatHangsUpInTheMiddleOfItsBodyLeavesTheKeyFree() throws Exception {
        begun().close();

        var answer = api.share(token, key, Api.REDDIT);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    /** Its length is not known before; what says how much is taken is the rule of the method, and not a stream. */
    @Test
    void aBodyInChunksThatIsTooLargeIsRefusedByItsRule() throws Exception {
        HttpResponse<String> answer = api.send(api.request("/api/v1/shares")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[(1 << 20) + 2])))
                .build());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body())
                .contains("The body may have at most 1048576 bytes")
                .contains(key);
    }

    private Socket begun() throws IOException {
        URI base = URI.create(api.base());
        Socket socket = new Socket(base.getHost(), base.getPort());
        socket.getOutputStream()
                .write(("POST /api/v1/shares HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + token
                                + "\r\nIdempotency-Key: " + key + "\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + ANNOUNCED + "\r\n\r\n{")
                        .getBytes(US_ASCII));
        return socket;
    }

    /** A byte each 50 ms until there is an answer. */
    private static String trickle(Socket socket) throws IOException {
        BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        for (int sent = 0; sent < ANNOUNCED; sent++) {
            try {
                return String.valueOf(answer.readLine());
            } catch (SocketTimeoutException notYet) {
                socket.getOutputStream().write(' ');
            }
        }
        return "";
    }
}
