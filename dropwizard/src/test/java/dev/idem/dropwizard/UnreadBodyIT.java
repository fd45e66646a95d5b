package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connection of a refused request whose body may still be arriving. */
@ExtendWith(ServersExtension.class)
final class UnreadBodyIT {
    private static final String REFUSED = "POST /nowhere HTTP/1.1\r\nHost: test\r\n";
    private static TestService service;
    private static TestService restless;

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        service = TestService.start(redis, database);
    }

    @BeforeAll
    static void startRestless(TestRedis redis, TestDatabase database) throws Exception {
        restless = TestService.startRestless(redis, database, Duration.milliseconds(300));
    }

    @AfterAll
    static void stop() {
        service.close();
        restless.close();
    }

    @Test
    void aClientWhoseBodyIsUnderWayIsToldThatTheConnectionCloses() throws Exception {
        try (Connection connection = new Connection()) {
            connection.send(REFUSED + "Content-Length: 2\r\n\r\n");

            assertThat(connection.answer()).startsWith("HTTP/1.1 404").containsIgnoringCase("connection: close");
            assertThat(connection.isAtItsEnd()).isTrue();
        }
    }

    @Test
    void aClientThatWaitsToBeAskedForItsBodyIsRefusedWithoutIt() throws Exception {
        try (Connection connection = new Connection()) {
            connection.send(REFUSED + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");

            assertThat(connection.answer()).startsWith("HTTP/1.1 404").containsIgnoringCase("connection: close");
        }
    }

    @Test
    void aMalformedKeyIsRefusedBeforeTheBodyHasCome() throws Exception {
        try (Connection connection = new Connection()) {
            connection.send(
                    "POST /effects HTTP/1.1\r\nHost: test\r\nX-User: ann\r\nIdempotency-Key: a b\r\nContent-Length: 2\r\n\r\n");

            assertThat(connection.answer()).startsWith("HTTP/1.1 400").containsIgnoringCase("connection: close");
        }
    }

    @Test
    void aConnectionWhoseBodyHasComeIsKept() throws Exception {
        try (Connection connection = new Connection()) {
            connection.send(REFUSED + "Content-Length: 2\r\n\r\n{}");
            assertThat(connection.answer()).startsWith("HTTP/1.1 404").doesNotContainIgnoringCase("connection: close");

            connection.send(REFUSED + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
            assertThat(connection.answer()).startsWith("HTTP/1.1 404").doesNotContainIgnoringCase("connection: close");

            connection.send("GET /effects HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(connection.answer()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aBodyThatDoesNotComeIsToldSoAndLeavesTheKeyFree() throws Exception {
        String key = TestService.newKey();
        for (String begun : new String[] {"", "{"}) {
            try (Connection connection = new Connection(restless)) {
                connection.send("POST /effects HTTP/1.1\r\nHost: test\r\nX-User: ann\r\nIdempotency-Key: " + key
                        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n" + begun);

                assertThat(connection.answer())
                        .startsWith("HTTP/1.1 408")
                        .containsIgnoringCase("connection: close")
                        .contains("application/problem+json");
                assertThat(connection.isAtItsEnd()).isTrue();
            }
        }
        assertThat(restless.effects().count()).isZero();
        assertThat(restless.send(restless.post("/effects", key, "{}")).statusCode())
                .isEqualTo(201);
    }

    /** One connection, with control over the bytes sent. */
    private static final class Connection implements AutoCloseable {
        private static final int WITHIN_MS = 10_000;
        private final Socket socket;

        Connection() throws IOException {
            this(service);
        }

        Connection(TestService to) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
            socket.setSoTimeout(WITHIN_MS);
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The headers of the next response, whose body is skipped. */
        String answer() throws IOException {
            InputStream from = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) from.read());
            }
            String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
            assertThat(from.readNBytes(Integer.parseInt(length))).hasSize(Integer.parseInt(length));
            return head.toString();
        }

        boolean isAtItsEnd() throws IOException {
            return socket.getInputStream().read() < 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
