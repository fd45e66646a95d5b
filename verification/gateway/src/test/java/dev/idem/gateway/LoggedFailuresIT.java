package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the log says of requests whose upstream fails: nothing that the client has sent. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class LoggedFailuresIT {
    private final String token = UUID.randomUUID().toString();
    private final String key = UUID.randomUUID().toString();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    /** All there are, but not their root, of which a service that starts beside this one removes every listener. */
    private final List<Logger> loggers = Stream.of("dev", "org", "io", "com", "redis")
            .map(name -> (Logger) LoggerFactory.getLogger(name))
            .toList();

    private final RawUpstream upstream;
    private final GatewayService service;

    LoggedFailuresIT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new RawUpstream(RawUpstream.saying(""));
        service = new GatewayService(redis, database, """
                - prefix: /orders
                  upstream: %s
                  timeout: 1s
                  policy: { wait: 0s, onUnknown: probe }
                  probe: { path: '/orders/by-key/{key}' }
                """.formatted(upstream.url()));
        lines.start();
        lines.list = new CopyOnWriteArrayList<>(); // services of other tests log, too
        loggers.forEach(logger -> logger.addAppender(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "I am no HTTP\r\n\r\n", "HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\nshort", "silence"
            })
    void theyQuoteNoQueryAndNoKey(String bytes) throws Exception {
        lines.list.clear();
        upstream.will((request, connection) -> {
            if (!bytes.equals("silence")) {
                connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                RawUpstream.reset(connection);
            }
        });
        Caller ann = Caller.of(service.port());

        send(
                ann,
                ann.order(key, "{}")
                        .uri(ann.to("/orders?token=" + token).build().uri())
                        .build());
        send(ann, ann.to("/orders/list?token=" + token).build());

        assertThat(lines.list).isNotEmpty().allSatisfy(line -> assertThat(
                        line.getFormattedMessage() + ThrowableProxyUtil.asString(line.getThrowableProxy()))
                .doesNotContain(token, key));
    }

    private static void send(Caller caller, HttpRequest request) throws Exception {
        try {
            assertThat(caller.send(request).statusCode()).isGreaterThanOrEqualTo(409);
        } catch (IOException brokenOff) {
            // after the beginning of the response
        }
    }

    @AfterAll
    void close() throws Exception {
        loggers.forEach(logger -> logger.detachAppender(lines));
        service.close();
        upstream.close();
    }
}
