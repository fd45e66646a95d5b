package dev.idem.core.store.authority;

/**
 * A store answered that it is not authoritative now. Nothing was read from it, and nothing was changed. Use the other
 * store.
 */
public final class NotAuthoritativeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotAuthoritativeException(String store, String why) {
        super(store + ": " + why);
    }
}
