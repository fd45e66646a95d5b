package dev.idem.core.store.unreadable;

/** A record is there, and only a newer release can read it. */
public final class NewerReleaseException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param what such as "a record of version 2" */
    public NewerReleaseException(String what) {
        super(what + " needs a newer release");
    }
}
