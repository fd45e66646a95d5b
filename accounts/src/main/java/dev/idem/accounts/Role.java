package dev.idem.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** Empty if there is no such role. */
    public static Optional<Role> find(@Nullable String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst();
    }
}
