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

    /** Empty if there is no such role. In capitals it is the same one: such rows have always been able to log in. */
    public static Optional<Role> find(@Nullable String label) {
        @Nullable String canonical = label == null ? null : label.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(role -> role.label().equals(canonical))
                .findFirst();
    }
}
