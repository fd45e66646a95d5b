package dev.idem.core.operations.rollout;

import dev.idem.core.operations.ActionLog;
import dev.idem.core.rollout.RolloutChange;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.core.rollout.RolloutStore;
import dev.idem.core.rollout.StoredRollout;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads and changes the rollout of all nodes. Thread-safe; methods throw {@link
 * dev.idem.core.store.StoreUnavailableException} if PostgreSQL is unavailable.
 */
public final class ChangeRollout {
    private final RolloutStore store;
    private final ActionLog log;

    public ChangeRollout(RolloutStore store, ActionLog log) {
        this.store = store;
        this.log = log;
    }

    public StoredRollout get() {
        return store.get();
    }

    /**
     * Changes the present rollout.
     *
     * @param expected the version that it must have; empty for the present one
     * @param wanted computes the new settings from the present ones; empty to return to the configuration files
     * @param by the operator's name
     * @param reason why; may be empty
     * @return the new rollout; empty if the version is different, and nothing was changed
     * @throws IllegalArgumentException with a complete sentence, if a text cannot be stored
     */
    public Optional<StoredRollout> change(
            Optional<Long> expected,
            Function<StoredRollout, Optional<RolloutSettings>> wanted,
            String by,
            String reason) {
        StoredRollout before = store.get();
        Optional<StoredRollout> changed =
                store.put(new RolloutChange(expected.orElse(before.version()), wanted.apply(before), by, reason));
        changed.ifPresent(stored -> log.changedRollout("version=" + stored.version()));
        return changed;
    }
}
