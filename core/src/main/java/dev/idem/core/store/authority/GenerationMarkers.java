package dev.idem.core.store.authority;

import dev.idem.core.store.FastStore;
import dev.idem.core.store.StoreUnavailableException;
import java.util.Optional;

/**
 * The markers that allow the fast store to decide. They are gone after that store was emptied, restarted or replaced.
 * Thread-safe; methods throw {@link StoreUnavailableException} when the store is unavailable.
 */
public interface GenerationMarkers {

    /** The store's name as in {@link FastStore#name()}. */
    String name();

    /** Whether the store is still as it was when it was trusted under this generation. */
    default boolean isIntact(Generation generation) {
        return lossOf(generation).isEmpty();
    }

    /** What has ended this generation in the store, for operators; empty if the store is still as it was trusted. */
    Optional<String> lossOf(Generation generation);

    /**
     * Ends a generation: from now on the store decides nothing, and only this refill may write.
     *
     * @return whether the store still had the marker of {@code last}
     */
    boolean beginRefill(Generation last, Generation next);

    /**
     * Lets the store decide under this generation.
     *
     * @throws NotAuthoritativeException if another refill has begun since
     */
    void trust(Generation next);
}
