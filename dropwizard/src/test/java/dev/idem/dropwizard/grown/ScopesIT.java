package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.core.setup.Bootstrap;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Keys belong to callers of any name, and a scope that is unknown leaves no request unprotected. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ScopesIT {
    private static final List<String> NAMES =
            List.of("Ann Lee", "Jörg", "jörg", "用户", "n".repeat(400), "n".repeat(401));

    private final Grown grown;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    ScopesIT(TestRedis redis, TestDatabase database) throws Exception {
        grown = new Grown(redis, database);
    }

    @AfterAll
    void close() {
        grown.close();
    }

    /** An application that starts removes all appenders. */
    private void listen() {
        lines.start();
        ((Logger) LoggerFactory.getLogger("dev.idem.http.problem.Problem")).addAppender(lines);
    }

    private HttpResponse<byte[]> count(String user, String key) throws Exception {
        return grown.send(grown.post("/aspects", key).setHeader("X-User", URLEncoder.encode(user, UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aUserOfAnyNameHasKeys(String name) throws Exception {
        String key = Grown.newKey();

        HttpResponse<byte[]> first = count(name, key);
        HttpResponse<byte[]> repeat = count(name, key);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        for (String other : NAMES) {
            if (!other.equals(name)) {
                assertThat(count(other, key).body()).isNotEqualTo(first.body());
            }
        }
    }

    static Stream<String> names() {
        return NAMES.stream();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "fails", "bad"})
    void aMistakeOfTheResolverIsAProblemWithASentenceInTheLog(String mistake) throws Exception {
        listen();
        String key = Grown.newKey();
        HttpRequest.Builder request = grown.post("/aspects", key);

        HttpResponse<byte[]> refused = grown.send(request.header(Scopes.MISTAKE, mistake));

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        String body = new String(refused.body(), UTF_8);
        assertThat(body).contains("/problems/internal-error", key);
        assertThat(logged(body.replaceFirst("(?s).*(urn:uuid:[0-9a-f-]+).*", "$1")))
                .contains("was not executed, because its scope is unknown: " + Scopes.class.getName() + " failed");
        assertThat(new String(grown.send(grown.post("/aspects", key)).body(), UTF_8))
                .as("the key is free")
                .startsWith("aspect ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void usersWithoutANameShareNothing(String name) throws Exception {
        HttpResponse<byte[]> refused = count(name, Grown.newKey());

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(new String(refused.body(), UTF_8)).contains("/problems/internal-error");
    }

    @Test
    void aResponseOfTheResolverIsSent() throws Exception {
        assertThat(grown.send(grown.post("/aspects", Grown.newKey()).header(Scopes.MISTAKE, "forbidden"))
                        .statusCode())
                .isEqualTo(403);
    }

    private String logged(String instance) {
        return lines.list.stream()
                .filter(line -> line.getFormattedMessage().contains(instance))
                .map(line -> line.getFormattedMessage() + ' ' + message(line.getThrowableProxy()))
                .reduce("", (one, other) -> one + '\n' + other);
    }

    private static String message(IThrowableProxy failure) {
        return failure == null ? "" : failure.getMessage();
    }

    /** Its bundle is there twice. */
    public static final class Twice extends GrownApplication {
        @Override
        public void initialize(Bootstrap<Settings> bootstrap) {
            super.initialize(bootstrap);
            super.initialize(bootstrap);
        }
    }

    @Test
    void twoBundlesStopTheStart(TestRedis redis, TestDatabase database) {
        assertThatThrownBy(() -> new Grown(Twice.class, redis, database).close())
                .hasStackTraceContaining("two instances of IdempotencyBundle: keep one call of addBundle");
    }
}
