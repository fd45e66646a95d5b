package dev.idem.testing.linear;

import dev.idem.testing.linear.Linearization.Next;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of steps that are taken one after the other. Immutable. */
record SequentialRecords(Map<Integer, Held> records) {
    static final SequentialRecords EMPTY = new SequentialRecords(Map.of());

    /** @param status the answer, once there is one */
    record Held(int owner, @Nullable Integer status) {}

    Next<SequentialRecords, String> after(Step step) {
        @Nullable Held held = records.get(step.key());
        if (step instanceof Step.Claiming) {
            return held == null
                    ? next(with(step.key(), new Held(step.owner(), null)), "Acquired")
                    : next(this, claimOf(held, step.owner()));
        }
        if (held == null || held.owner() != step.owner()) {
            return next(this, "false");
        }
        if (step instanceof Step.Completing completing) {
            return next(
                    held.status() == null ? with(step.key(), new Held(step.owner(), completing.status())) : this,
                    "true");
        }
        return held.status() == null ? next(with(step.key(), null), "true") : next(this, "false");
    }

    private static String claimOf(Held held, int owner) {
        if (Step.requestOf(held.owner()) != Step.requestOf(owner)) {
            return "KeyReused";
        }
        if (held.status() != null) {
            return "Replay of " + held.status();
        }
        return held.owner() == owner ? "Acquired" : "InFlight";
    }

    private SequentialRecords with(int key, @Nullable Held held) {
        Map<Integer, Held> changed = new HashMap<>(records);
        if (held == null) {
            changed.remove(key);
        } else {
            changed.put(key, held);
        }
        return new SequentialRecords(changed);
    }

    private static Next<SequentialRecords, String> next(SequentialRecords state, String result) {
        return new Next<>(state, result);
    }
}
