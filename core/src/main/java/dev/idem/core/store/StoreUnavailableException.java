package dev.idem.core.store;

/** A store could not be asked, or its answer did not arrive: the operation may or may not have happened. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String store;

    public StoreUnavailableException(String store, String why) {
        super(store + ": " + why);
        this.store = store;
    }

    public StoreUnavailableException(String store, Throwable cause) {
        super(store + ": " + cause.getMessage(), cause);
        this.store = store;
    }

    /** The store's name as in {@link IdempotencyStore#name()}. */
    public String store() {
        return store;
    }
}
