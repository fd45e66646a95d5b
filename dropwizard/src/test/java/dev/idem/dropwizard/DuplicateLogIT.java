package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** The log line of a repeat that did not take effect. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DuplicateLogIT {
    private static final Scope ANN = new Scope("user:ann");

    private final String key = TestService.newKey();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private TestService service;

    @BeforeAll
    void start(TestRedis redis, TestDatabase database) throws Exception {
        service = TestService.start(redis, database, "policy: { wait: 0s }");
        lines.start();
        ((Logger) LoggerFactory.getLogger("dev.idem.http.decision.DuplicateLog")).addAppender(lines);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void aReplayIsOneLineThatNamesNeitherKeyNorCaller() throws Exception {
        service.post("/effects", key);
        assertThat(linesOf(key)).isEmpty();

        service.send(HttpRequest.newBuilder(service.post("/effects", key, "{}"), (name, value) -> true)
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .build());

        assertThat(linesOf(key)).singleElement().satisfies(line -> assertThat(line)
                .contains("outcome=replayed layer=key ")
                .contains("scope=" + ANN.logHash() + " route=\"POST /effects\"")
                .containsPattern("age_ms=-?\\d+ store=(redis|postgresql) ")
                .endsWith("trace=4bf92f3577b34da6a3ce929d0e0e4736")
                .doesNotContain(key, "ann"));
    }

    @Test
    void soIsARefusalWhileTheFirstOneRuns() throws Exception {
        String slow = TestService.newKey();
        int before = service.effects().count();
        CountDownLatch gate = service.effects().close();
        CompletableFuture<HttpResponse<String>> first = service.sendLater(service.post("/effects/slow", slow, "{}"));
        await().until(() -> service.effects().count() > before);
        assertThat(service.post("/effects/slow", slow).statusCode()).isEqualTo(409);
        gate.countDown();

        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(linesOf(slow)).isNotEmpty().allSatisfy(line -> assertThat(line)
                .contains("outcome=in_progress")
                .endsWith("trace=-"));
    }

    private List<String> linesOf(String named) {
        String record = "record=" + new RecordId(ANN, named).logHash();
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(record))
                .toList();
    }
}
