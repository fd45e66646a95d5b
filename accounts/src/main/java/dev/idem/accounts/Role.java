package dev.idem.accounts;

import java.util.Locale;

/** What a user may do. */
public enum Role {
    /** Use the API. */
    USER,
    /** Use the operator's API too. */
    ADMIN;

    /** The form in tokens and in the database. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such role */
    public static Role of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
