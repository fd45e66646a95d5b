package dev.idem.dropwizard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Consistency;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.RandomForm;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many simultaneous requests with one key, over real HTTP: one of them executes, in every round. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RaceIT {
    private static final int ROUNDS = RandomForm.asked().length(30, 300);
    private static final int REQUESTS = 16;
    private static final long TOGETHER = 0;

    /** As long as handlers take: the later requests arrive while the first one ends. */
    private static final long TRICKLING = TimeUnit.MILLISECONDS.toNanos(8);

    private final QuickEffects effects = new QuickEffects();
    private final Map<Consistency, TestService> services = new EnumMap<>(Consistency.class);

    @BeforeAll
    void start(TestRedis redis, TestDatabase database, TestRedis otherRedis, TestDatabase otherDatabase)
            throws Exception {
        services.put(Consistency.FAST, start(Consistency.FAST, redis, database));
        services.put(Consistency.STRICT, start(Consistency.STRICT, otherRedis, otherDatabase));
    }

    @AfterAll
    void stop() {
        services.values().forEach(TestService::close);
    }

    @ParameterizedTest
    @EnumSource(Consistency.class)
    void ofRequestsThatComeTogetherExactlyOneExecutes(Consistency consistency) throws Exception {
        race(consistency, TOGETHER, "");
    }

    @ParameterizedTest
    @EnumSource(Consistency.class)
    void ofRequestsThatTrickleInWhileTheFirstOneEndsExactlyOneExecutes(Consistency consistency) throws Exception {
        race(consistency, TRICKLING, "/empty");
    }

    private void race(Consistency consistency, long spreadNanos, String path) throws Exception {
        TestService service = requireNonNull(services.get(consistency));
        for (int number = 0; number < ROUNDS; number++) {
            String round = TestService.newKey();
            HttpRequest request = service.post("/quick/" + round + path, round, "{}");

            List<HttpResponse<String>> answers = all(service, request, spreadNanos);

            assertThat(effects.executions(round))
                    .as("executions in round %s", number)
                    .isEqualTo(1);
            assertThat(answers)
                    .as("answers in round %s", number)
                    .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(path.isEmpty() ? 200 : 204))
                    .allSatisfy(answer -> assertThat(answer.body()).isEqualTo(path.isEmpty() ? "execution 1" : ""));
            assertThat(answers)
                    .as("replays in round %s", number)
                    .filteredOn(answer ->
                            answer.headers().firstValue("Idempotent-Replayed").isPresent())
                    .hasSize(REQUESTS - 1);
        }
    }

    private static List<HttpResponse<String>> all(TestService service, HttpRequest request, long spreadNanos)
            throws Exception {
        List<CompletableFuture<HttpResponse<String>>> racing = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < REQUESTS; i++) {
            LockSupport.parkNanos(begin + spreadNanos * i / REQUESTS - System.nanoTime());
            racing.add(service.sendLater(request));
        }
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> each : racing) {
            answers.add(each.get());
        }
        return answers;
    }

    private TestService start(Consistency consistency, TestRedis redis, TestDatabase database) throws Exception {
        return TestService.start(
                redis, database, "{ consistency: " + consistency + ", policy: { wait: 60s } }", effects);
    }
}
