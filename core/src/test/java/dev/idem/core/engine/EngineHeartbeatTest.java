package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A request that executes for longer than its lock timeout. */
class EngineHeartbeatTest extends EngineFixture {

    @Test
    void itIsKeptThoughItIsSlowerThanTheLockTimeout() {
        engine.start();
        acquire("k");

        for (int i = 0; i < 3; i++) {
            clock.advance(LOCK_TIMEOUT.dividedBy(2));
            Instant now = clock.instant();
            await().atMost(LONG).until(() -> store.renewedAt().equals(now));
        }

        assertThat(claim("k", IMPATIENT)).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void itsHeartbeatComesEarlyEnoughForOneToBeLost() {
        Duration lockTimeout = Duration.ofSeconds(3);
        engine.start();
        claim("k", withLockTimeout(lockTimeout));

        await().atMost(lockTimeout.multipliedBy(2).dividedBy(3))
                .until(() -> store.renewedAt().equals(clock.instant()));
    }

    @Test
    void aLeaseThatIsLostIsNotKeptAnyLonger() {
        engine.start();
        store.lose(acquire("k"));

        await().atMost(LONG).until(() -> engine.inFlight() == 0);
    }

    @Test
    void aHeartbeatThatFailsKeepsNoOtherFromBeingSent() {
        for (int i = 0; i < 20; i++) {
            store.failToRenew(acquire("failing-" + i).id());
        }
        acquire("k");
        engine.start();

        clock.advance(LOCK_TIMEOUT.dividedBy(2));
        Instant now = clock.instant();
        await().atMost(LONG).until(() -> store.renewedAt().equals(now));
    }

    private static Policy withLockTimeout(Duration lockTimeout) {
        return new Policy(Duration.ofHours(24), lockTimeout, Duration.ZERO, OnStoreFailure.CLOSED, Consistency.STRICT);
    }
}
