package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import java.util.Optional;
import java.util.UUID;

/**
 * One key as its clients may see it, whichever store decides: free, leased, or finally completed. Checks that each step
 * has the only correct outcome. For one thread.
 */
final class KeyModel {
    private State state = new Free();
    private long lastFencing;

    private sealed interface State {}

    private record Free() implements State {}

    private record Held(UUID owner) implements State {}

    private record Completed(UUID owner, Answer answer) implements State {}

    void claimed(Claim outcome) {
        if (state instanceof Free) {
            assertThat(outcome).isInstanceOf(Claim.Acquired.class);
            Lease lease = ((Claim.Acquired) outcome).lease();
            assertThat(lease.fencing()).isGreaterThan(lastFencing);
            assertThat(lease.attempt()).isEqualTo(1);
            lastFencing = lease.fencing();
            state = new Held(lease.owner());
        } else {
            assertStands(outcome);
        }
    }

    /** An owner may complete twice, with different answers, and also after it abandoned the key. */
    void completed(Lease lease, Answer answer, CompletionOutcome outcome) {
        Optional<UUID> owner = owner();
        if (owner.isPresent() && !owner.get().equals(lease.owner())) {
            assertThat(outcome).isInstanceOf(CompletionOutcome.Fenced.class);
            assertStands(((CompletionOutcome.Fenced) outcome).successor());
            return;
        }
        assertThat(outcome).isEqualTo(new CompletionOutcome.Stored());
        if (!(state instanceof Completed)) {
            state = new Completed(lease.owner(), answer);
        }
    }

    void abandoned(Lease lease) {
        if (state instanceof Held held && held.owner().equals(lease.owner())) {
            state = new Free();
        }
    }

    /** Whether a store has the complete state of the key. */
    boolean isKnownAs(Optional<StoredRecord> record) {
        Optional<Answer> answer =
                state instanceof Completed completed ? Optional.of(completed.answer()) : Optional.empty();
        return record.map(StoredRecord::owner).equals(owner())
                && record.flatMap(StoredRecord::answer).equals(answer);
    }

    /** Nothing is granted while the key is leased, and an answer never changes. */
    private void assertStands(Claim outcome) {
        if (state instanceof Completed completed) {
            assertThat(outcome).isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                    .isEqualTo(completed.answer()));
        } else {
            assertThat(outcome).isInstanceOf(Claim.InFlight.class);
        }
    }

    private Optional<UUID> owner() {
        if (state instanceof Held held) {
            return Optional.of(held.owner());
        }
        return state instanceof Completed completed ? Optional.of(completed.owner()) : Optional.empty();
    }

    @Override
    public String toString() {
        return state.toString();
    }
}
