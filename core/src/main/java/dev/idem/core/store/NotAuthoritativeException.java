package dev.idem.core.store;

/**
 * A store answered, and is not the one that decides now: nothing was read from it and nothing was changed. Another store is
 * to be asked.
 */
public final class NotAuthoritativeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotAuthoritativeException(String store, String why) {
        super(store + ": " + why);
    }
}
