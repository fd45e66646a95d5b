package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.IdempotencyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The end of the first request wakes a repeat, which does not only poll. With polling alone, at growing intervals of up
 * to 50 ms, the number of claims here would take longer than the repeat waits.
 */
class EngineWakingTest extends EngineFixture {
    private static final int ASKED = 1_000;
    private static final Policy PATIENT_FOR_A_WHILE = policy(Duration.ofSeconds(10), OnStoreFailure.CLOSED);

    @Test
    void itIsWokenByEachCompletion() {
        engine = engineOnARelay(lease -> engine.complete(lease, ANSWER));

        assertReplays(claim("k", PATIENT_FOR_A_WHILE), ANSWER);
    }

    @Test
    void itIsWokenByEachAbandonment() {
        engine = engineOnARelay(lease -> engine.abandon(lease));

        assertReplays(claim("k", PATIENT_FOR_A_WHILE), ANSWER);
    }

    @Test
    void itIsNotWokenByTheEndOfAnotherRecord() {
        Lease another = acquire("another");
        Duration patience = Duration.ofMillis(100);
        Relay relay = new Relay(lease -> engine.abandon(another));
        engine = engineOn(relay);

        claim("k", policy(patience, OnStoreFailure.CLOSED));

        assertThat(relay.asked).isLessThan(ASKED);
    }

    private IdempotencyEngine engineOnARelay(Consumer<Lease> end) {
        return engineOn(new Relay(end));
    }

    private IdempotencyEngine engineOn(Relay relay) {
        engine.close();
        return new IdempotencyEngine("node-1", OneStore.on(relay, memory, listener), 1, listener);
    }

    /**
     * At each claim, the executing request ends on this node, and the next one has already begun. The end comes between
     * the store's reply and the repeat's sleep. At last there is an answer. For one thread.
     */
    private final class Relay implements IdempotencyStore {
        private final Consumer<Lease> end;
        private int asked;

        Relay(Consumer<Lease> end) {
            this.end = end;
        }

        @Override
        public String name() {
            return "relay";
        }

        @Override
        public Claim claim(ClaimRequest request) {
            if (++asked >= ASKED) {
                return new Claim.Replay(ANSWER, clock.instant(), name(), Optional.empty());
            }
            end.accept(new Lease(request, name(), asked, 1));
            return new Claim.InFlight(clock.instant(), name());
        }

        @Override
        public boolean renew(Lease lease) {
            return true;
        }

        @Override
        public boolean complete(Lease lease, Answer answer) {
            return true;
        }

        @Override
        public boolean abandon(Lease lease) {
            return true;
        }

        @Override
        public void ping() {}
    }
}
