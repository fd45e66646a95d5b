package dev.idem.core.rollout;

import java.util.Optional;

/** The settings that all nodes share. Thread-safe; blocks while the store is asked. */
public interface RolloutStore {

    /**
     * What holds now.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if the store is unavailable
     */
    StoredRollout get();

    /**
     * Changes what holds, unless somebody else has done so first.
     *
     * @return what holds from now on; empty if the version is another than expected, and nothing was changed
     * @throws dev.idem.core.store.StoreUnavailableException if the store is unavailable; whether it has changed is not known
     *     then
     */
    Optional<StoredRollout> put(RolloutChange change);
}
