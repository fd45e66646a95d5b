package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.Site.Stores;
import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.RandomForm;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node is cut off while its handlers run: their requests take effect, and nobody executes them again. */
@ExtendWith(ServersExtension.class)
class StoringFailureIT {
    private static final int ROUNDS = RandomForm.asked().length(60, 300);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(Consistency.class)
    void anErrorWhileAnAnswerIsStoredNeverFreesItsKey(Consistency consistency, TestRedis redis, TestDatabase database) {
        Policy open = Site.policy(consistency, Duration.ZERO, OnStoreFailure.OPEN);
        Policy closed = Site.policy(consistency, Duration.ZERO, OnStoreFailure.CLOSED);
        try (Site owner = new Site("owner", redis, database, Stores.BOTH, InstantSource.system());
                Site other = new Site("other", redis, database, Stores.BOTH, InstantSource.system())) {
            Map<String, Lease> leases = acquire(owner, open);
            await().atMost(PATIENCE).until(() -> owner.engine.status().journal().depth() == 0);
            owner.cutOff();

            leases.forEach((key, lease) -> assertThat(owner.engine.complete(lease, answer(key)))
                    .isEqualTo(new CompletionOutcome.InMemoryOnly(Optional.empty())));

            leases.forEach((key, lease) -> {
                assertReplays(owner.claim(key, open), key);
                assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> owner.claim(key, closed));
                assertThat(other.claim(key, open)).isInstanceOf(Claim.InFlight.class);
            });

            owner.reconnect();
            await().atMost(PATIENCE).until(() -> leases.keySet().stream()
                    .noneMatch(key -> notAcquired(other.claim(key, open)) instanceof Claim.InFlight));
            leases.forEach((key, lease) -> {
                assertReplays(other.claim(key, open), key);
                assertReplays(owner.claim(key, open), key);
            });
        }
    }

    private static Map<String, Lease> acquire(Site owner, Policy policy) {
        Map<String, Lease> leases = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            String key = "round-" + round;
            leases.put(key, ((Claim.Acquired) owner.claim(key, policy)).lease());
        }
        return leases;
    }

    private static Claim notAcquired(Claim claim) {
        assertThat(claim).isNotInstanceOf(Claim.Acquired.class);
        return claim;
    }

    private static void assertReplays(Claim claim, String key) {
        assertThat(claim).isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                .isEqualTo(answer(key)));
    }

    private static Answer answer(String key) {
        byte[] body = ByteBuffer.allocate(Integer.BYTES).putInt(key.hashCode()).array();
        return new RecordedResponse(201, List.of(), body);
    }
}
