package dev.idem.core.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.idem.core.engine.Site.Stores;
import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.RandomForm;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many concurrent requests with one key, with each store as the authoritative one: exactly one executes in every round.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineRaceIT {
    private static final RandomForm FORM = RandomForm.asked();
    private static final int ROUNDS = FORM.length(60, 300);
    private static final int REQUESTS = 50;

    /** A database takes about a millisecond for each claim, and claims of one row run one after another. */
    private static final int REQUESTS_TO_DATABASE = 16;

    private static final Duration TOGETHER = Duration.ZERO;

    /** The duration of a handler: later requests arrive while the first one ends. */
    private static final Duration TRICKLING = Duration.ofMillis(8);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_HANDLER_NANOS = (int) TimeUnit.MILLISECONDS.toNanos(2);

    private final Random handling = FORM.random();
    private final Map<Stores, Site> sites = new EnumMap<>(Stores.class);

    EngineRaceIT(TestRedis redis, TestDatabase first, TestDatabase second) {
        sites.put(Stores.BOTH, new Site("both", redis, first, Stores.BOTH, InstantSource.system()));
        sites.put(Stores.POSTGRESQL, new Site("database", redis, second, Stores.POSTGRESQL, InstantSource.system()));
        sites.put(Stores.NONE, new Site("memory", redis, second, Stores.NONE, InstantSource.system()));
    }

    @AfterAll
    void close() {
        sites.values().forEach(Site::close);
    }

    static Stream<Arguments> settings() {
        return Stream.of(Stores.values())
                .flatMap(stores -> Stream.of(Consistency.values()).map(consistency -> arguments(stores, consistency)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void ofRequestsThatComeTogetherExactlyOneExecutes(Stores stores, Consistency consistency) throws Exception {
        race(stores, consistency, TOGETHER);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void ofRequestsThatTrickleInWhileTheFirstOneEndsExactlyOneExecutes(Stores stores, Consistency consistency)
            throws Exception {
        race(stores, consistency, TRICKLING);
    }

    private void race(Stores stores, Consistency consistency, Duration spread) throws Exception {
        Site site = site(stores);
        Policy policy = Site.policy(consistency, PATIENCE, OnStoreFailure.OPEN);
        boolean database = expected(stores, consistency).equals("postgresql");
        try (Crowd crowd = new Crowd(database ? REQUESTS_TO_DATABASE : REQUESTS)) {
            for (int round = 0; round < ROUNDS; round++) {
                String key = newKey();
                AtomicInteger executions = new AtomicInteger();

                List<Answer> answers = crowd.all(
                        spread,
                        client -> request(site, key, policy, () -> handler(executions, expected(stores, consistency))));

                assertThat(executions).as("executions in round %s", round).hasValue(1);
                assertThat(new HashSet<>(answers))
                        .as("answers in round %s", round)
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void oneThatGivesUpWaitingLeavesTheOwnersClaimAlone(Stores stores, Consistency consistency) throws Exception {
        Site site = site(stores);
        Policy impatient = Site.policy(consistency, Duration.ofMillis(1), OnStoreFailure.OPEN);
        try (Crowd crowd = new Crowd(6)) {
            for (int round = 0; round < ROUNDS; round++) {
                String key = newKey();
                Lease owner = ((Claim.Acquired) site.claim(key, impatient)).lease();

                assertThat(crowd.all(TOGETHER, client -> site.claim(key, impatient)))
                        .allSatisfy(claim -> assertThat(claim).isInstanceOf(Claim.InFlight.class));

                Answer answer = answer(1);
                assertThat(site.engine.complete(owner, answer)).isEqualTo(settled(stores));
                assertThat(site.claim(key, impatient))
                        .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                                .isEqualTo(answer));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void anOwnerThatGivesTheKeyBackHandsItOverToExactlyOne(Stores stores, Consistency consistency) throws Exception {
        Site site = site(stores);
        Policy policy = Site.policy(consistency, PATIENCE, OnStoreFailure.OPEN);
        try (Crowd crowd = new Crowd(12)) {
            for (int round = 0; round < ROUNDS; round++) {
                String key = newKey();
                Lease failed = ((Claim.Acquired) site.claim(key, policy)).lease();
                AtomicInteger executions = new AtomicInteger();

                List<Answer> answers = crowd.all(Duration.ofMillis(1), client -> {
                    if (client == 6) {
                        site.engine.abandon(failed);
                    }
                    return request(site, key, policy, () -> handler(executions, expected(stores, consistency)));
                });

                assertThat(executions).as("executions in round %s", round).hasValue(1);
                assertThat(new HashSet<>(answers))
                        .as("answers in round %s", round)
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aRequestThatFailedIsFreeAtOnceAndAnEmptyAnswerIsOne(Stores stores, Consistency consistency) {
        Site site = site(stores);
        Policy impatient = Site.policy(consistency, Duration.ZERO, OnStoreFailure.OPEN);
        for (int round = 0; round < ROUNDS; round++) {
            String key = newKey();
            site.engine.abandon(((Claim.Acquired) site.claim(key, impatient)).lease());

            assertThat(site.claim(key, impatient)).isInstanceOfSatisfying(Claim.Acquired.class, again -> {
                assertThat(again.lease().attempt()).isEqualTo(1);
                site.engine.complete(again.lease(), new RecordedResponse(204, List.of(), new byte[0]));
            });
            assertThat(site.claim(key, impatient)).isInstanceOf(Claim.Replay.class);
        }
    }

    private static Answer request(Site site, String key, Policy policy, Supplier<Handled> handler) {
        Claim claim = site.claim(key, policy);
        if (claim instanceof Claim.Acquired acquired) {
            Handled handled = handler.get();
            assertThat(acquired.lease().store()).isEqualTo(handled.store());
            assertThat(site.engine.complete(acquired.lease(), handled.answer()))
                    .isNotInstanceOf(CompletionOutcome.Fenced.class);
            return handled.answer();
        }
        assertThat(claim).isInstanceOf(Claim.Replay.class);
        return ((Claim.Replay) claim).answer();
    }

    /** @param store the store that must have decided */
    private record Handled(Answer answer, String store) {}

    private Handled handler(AtomicInteger executions, String store) {
        Answer answer = answer(executions.incrementAndGet());
        LockSupport.parkNanos(handling.nextInt(LONGEST_HANDLER_NANOS));
        return new Handled(answer, store);
    }

    private static Answer answer(int number) {
        byte[] body = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        return new RecordedResponse(201, List.of(), body);
    }

    private static String expected(Stores stores, Consistency consistency) {
        return switch (stores) {
            case BOTH -> consistency == Consistency.FAST ? "redis" : "postgresql";
            case POSTGRESQL -> "postgresql";
            case NONE -> "memory";
        };
    }

    private static CompletionOutcome settled(Stores stores) {
        return stores == Stores.NONE
                ? new CompletionOutcome.InMemoryOnly(Optional.empty())
                : new CompletionOutcome.Stored();
    }

    private Site site(Stores stores) {
        return requireNonNull(sites.get(stores));
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}
