package dev.idem.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** When the circuit breaker of an upstream opens, and when it closes. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class BreakerIT {
    private static final String GOOD = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\ngood";

    private final RawUpstream usual = new RawUpstream(RawUpstream.saying(GOOD));
    private final RawUpstream proven = new RawUpstream(RawUpstream.saying(GOOD));
    private final RawUpstream strict = new RawUpstream(RawUpstream.saying(GOOD));
    private final RawUpstream streaming = new RawUpstream(RawUpstream.saying(GOOD));
    private final GatewayService gateway;
    private final Caller client;

    BreakerIT(TestRedis redis, TestDatabase database) throws Exception {
        gateway = new GatewayService(
                redis, database, """
                - { prefix: /usual, upstream: "%1$s" }
                - { prefix: /proven, upstream: "%2$s" }
                - { prefix: /strict, upstream: "%3$s", breaker: { window: 4, minimumCalls: 4, pause: 300ms } }
                - { prefix: /strict-too, upstream: "%3$s", methods: [] }
                - { prefix: /streaming, upstream: "%4$s", breaker: { window: 4, pause: 300ms } }
                """.formatted(usual.url(), proven.url(), strict.url(), streaming.url()));
        client = Caller.of(gateway.port());
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
        usual.close();
        proven.close();
        strict.close();
        streaming.close();
    }

    private HttpResponse<String> post(String path) throws Exception {
        return client.send(client.to(path).POST(BodyPublishers.ofString("{}")).build());
    }

    private static void fails(RawUpstream upstream) {
        upstream.will((request, connection) -> {
            upstream.takeEffect();
            RawUpstream.reset(connection);
        });
    }

    @Test
    void fewerThanTenFailuresAreNoReasonToLeaveAnUpstreamAlone() throws Exception {
        fails(usual);
        for (int i = 0; i < 10; i++) {
            assertThat(post("/usual").statusCode()).isEqualTo(502);
        }

        HttpResponse<String> alone = post("/usual");

        assertThat(alone.statusCode()).isEqualTo(503);
        assertThat(alone.headers().firstValue("Retry-After")).contains("5");
        assertThat(usual.effects()).isEqualTo(10);
    }

    @Test
    void halfOfTheLastTwentyAre() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(post("/proven").statusCode()).isEqualTo(200);
        }
        fails(proven);
        for (int i = 0; i < 10; i++) {
            assertThat(post("/proven").statusCode()).isEqualTo(502);
        }

        assertThat(post("/proven").statusCode()).isEqualTo(503);
    }

    @Test
    void allRoutesThatLeadToAnUpstreamHaveOneBreakerWithItsSettings() throws Exception {
        post("/strict");
        post("/strict-too");
        fails(strict);
        post("/strict");
        assertThat(post("/strict-too").statusCode()).isEqualTo(502);

        HttpResponse<String> alone = post("/strict");
        HttpResponse<String> aloneToo = post("/strict-too");

        assertThat(alone.statusCode()).isEqualTo(503);
        assertThat(alone.headers().firstValue("Retry-After")).contains("1");
        assertThat(aloneToo.statusCode()).isEqualTo(503);
        strict.will(RawUpstream.saying(GOOD));
        await().untilAsserted(() -> assertThat(post("/strict").statusCode()).isEqualTo(200));
    }

    @Test
    void anUpstreamIsThereAgainWhenItsStreamsHaveBegun() throws Exception {
        fails(streaming);
        while (post("/streaming").statusCode() != 503) {
            // Until the circuit breaker is open.
        }
        streaming.will((request, connection) -> connection
                .getOutputStream()
                .write((request.startsWith("GET")
                                ? "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n"
                                : GOOD)
                        .getBytes(ISO_8859_1)));
        List<RawConnection> streams = new ArrayList<>();
        int[] begun = {0};
        await().until(() -> {
            RawConnection stream = new RawConnection(gateway.port());
            streams.add(stream);
            stream.send("GET /streaming/events HTTP/1.1\r\nHost: shop\r\n\r\n");
            return stream.upTo("\r\n\r\n").startsWith("HTTP/1.1 200 ") && ++begun[0] > 3;
        });

        assertThat(post("/streaming").statusCode()).isEqualTo(200);
        for (RawConnection stream : streams) {
            stream.close();
        }
    }
}
