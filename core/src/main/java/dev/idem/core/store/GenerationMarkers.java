package dev.idem.core.store;

/**
 * What says in the fast store that it may decide, and is gone when that store was emptied, restarted or replaced. Thread-safe;
 * methods throw {@link StoreUnavailableException} when the store is unavailable.
 */
public interface GenerationMarkers {

    /** The store's name as in {@link FastStore#name()}. */
    String name();

    /** Whether the store still is what it was when this generation was trusted. */
    boolean isIntact(Generation generation);

    /**
     * Ends a generation: from here on the store decides nothing, and only this refill may write.
     *
     * @return whether the store was until now what it was when {@code last} was trusted
     */
    boolean beginRefill(Generation last, Generation next);

    /**
     * Lets the store decide under this generation.
     *
     * @throws NotAuthoritativeException if another refill has begun since
     */
    void trust(Generation next);
}
