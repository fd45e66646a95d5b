package dev.idem.core.store.authority;

/** The fast store belongs to another installation. The message says what an operator can do, in a few sentences. */
public final class ForeignInstallationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param store the fast store's name */
    public ForeignInstallationException(String store, Installation ours, Installation owner) {
        super(store + ": this server and key prefix belong to another installation, with the database "
                + owner.database() + "; ours is " + ours.database()
                + ". Two installations need a server or a key prefix each: redis.keyPrefix, or in an application with stores"
                + " of its own IdempotencyBundle.redisKeyPrefix."
                + " If this database has replaced that one, run: idem-admin adopt");
    }
}
