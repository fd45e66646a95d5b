package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refusal reaches a client that sends its whole body first, however large, and only then looks for an answer. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class RefusedUploadIT {
    /** More than both sides' buffers hold. */
    private static final int BYTES = 12_000_000;

    private static final int TIMES = 8;

    private final Upstream upstream;
    private final GatewayService gateway;

    RefusedUploadIT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        gateway = new GatewayService(
                redis, database, "- { prefix: /orders, upstream: \"" + upstream.url() + "\", scope: X-Caller }\n");
    }

    @AfterAll
    void close() throws Exception {
        gateway.close();
        upstream.close();
    }

    private static String head(String target, String length) {
        return "POST " + target + " HTTP/1.1\r\nHost: test\r\nX-Caller: ann\r\nContent-Type: application/json\r\n"
                + "Idempotency-Key: " + UUID.randomUUID() + "\r\n" + length + "\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "413, /orders",
        "413, /api/auth/login",
        "401, /api/v1/shares",
        "404, /nowhere",
    })
    void aLengthThatIsTooLarge(int status, String target) throws Exception {
        for (int i = 0; i < TIMES; i++) {
            try (RawConnection client = new RawConnection(gateway.port())) {
                client.send(head(target, "Content-Length: " + BYTES)).send(new byte[BYTES]);

                assertThat(client.untilItsEnd())
                        .startsWith("HTTP/1.1 " + status)
                        .endsWith("}");
            }
        }
    }

    @Test
    void chunksThatAreTooMany() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            try (RawConnection client = new RawConnection(gateway.port())) {
                client.send(head("/orders", "Transfer-Encoding: chunked"))
                        .send(Integer.toHexString(BYTES) + "\r\n")
                        .send(new byte[BYTES])
                        .send("\r\n0\r\n\r\n");

                assertThat(client.untilItsEnd()).startsWith("HTTP/1.1 413").endsWith("}");
            }
        }
    }

    @Test
    void aTask() throws Exception {
        try (RawConnection client = new RawConnection(gateway.adminPort())) {
            client.send(head("/tasks/clear-stale", "Content-Length: " + BYTES)).send(new byte[BYTES]);

            assertThat(client.untilItsEnd()).startsWith("HTTP/1.1 4").endsWith("}");
        }
    }

    @Test
    void aClientThatNeverSendsTheRestIsHungUpOn() throws Exception {
        try (RawConnection client = new RawConnection(gateway.port())) {
            client.send(head("/nowhere", "Content-Length: " + BYTES));

            assertThat(client.untilItsEnd()).startsWith("HTTP/1.1 404").endsWith("}");
            await().until(() -> connections() == 0);
        }
    }

    private long connections() {
        return Arrays.stream(gateway.support()
                        .getEnvironment()
                        .getApplicationContext()
                        .getServer()
                        .getConnectors())
                .mapToLong(connector -> connector.getConnectedEndPoints().size())
                .sum();
    }
}
