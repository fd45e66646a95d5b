package dev.idem.core.connect;

import org.jspecify.annotations.Nullable;

/**
 * The login for a store; both parts may be absent.
 *
 * @param user null for the store's default user
 * @param password null for none
 */
public record Credentials(@Nullable String user, @Nullable String password) {
    /** A login without user and password. */
    public static final Credentials NONE = new Credentials(null, null);

    /** Says whether there is a password, but never shows it. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=" + (password == null ? "none" : "****") + "]";
    }
}
