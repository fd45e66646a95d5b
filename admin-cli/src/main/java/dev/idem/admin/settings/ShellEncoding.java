package dev.idem.admin.settings;

import java.util.List;
import java.util.Optional;

/**
 * Whether texts of the shell arrived as they were written. In the C locale Java reads each byte beyond ASCII as U+FFFD: an address,
 * a scope or a password would be another one.
 */
public final class ShellEncoding {
    private static final char UNREADABLE = '\uFFFD';

    private ShellEncoding() {}

    /** A sentence that says what to do; empty if all can be read. */
    public static Optional<String> complaint(List<String> texts) {
        return texts.stream().anyMatch(text -> text.indexOf(UNREADABLE) >= 0)
                ? Optional.of("It has characters that cannot be read in the encoding of this shell ("
                        + System.getProperty("sun.jnu.encoding", "unknown")
                        + "). Set a locale that uses UTF-8, such as LC_ALL=C.UTF-8.")
                : Optional.empty();
    }
}
