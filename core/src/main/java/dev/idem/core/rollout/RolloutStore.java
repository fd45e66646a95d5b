package dev.idem.core.rollout;

import java.util.Optional;

/** The settings that all nodes share. Thread-safe; blocks during the call to the store. */
public interface RolloutStore {

    /**
     * The present settings.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if the store is unavailable
     */
    StoredRollout get();

    /**
     * Changes the settings, unless another change came first.
     *
     * @return the new settings; empty if the version was not the expected one, and nothing was changed
     * @throws dev.idem.core.store.StoreUnavailableException if the store is unavailable; it is then unknown whether the
     *     change was made
     */
    Optional<StoredRollout> put(RolloutChange change);
}
