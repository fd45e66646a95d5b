package dev.idem.core.connect;

import org.jspecify.annotations.Nullable;

/**
 * Who logs in to a store; both parts may be absent.
 *
 * @param user null for the store's default user
 * @param password null for none
 */
public record Credentials(@Nullable String user, @Nullable String password) {
    /** Log in as nobody in particular. */
    public static final Credentials NONE = new Credentials(null, null);

    /** Says that there is a password, never which. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=" + (password == null ? "none" : "****") + "]";
    }
}
