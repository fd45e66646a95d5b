package dev.idem.core.engine;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which keys a route takes, beyond the 1 to 255 printable characters that every key has. */
public enum KeyFormat {
    /** A UUID in its usual notation, upper or lower case (RFC 9562, section 4). */
    UUID("a UUID such as 8e03978e-40d5-43dd-bc93-6894a57f9324", Patterns.UUID.asMatchPredicate()),
    /** Anything. */
    ANY("1 to 255 printable characters", key -> true);

    private final String description;
    private final Predicate<String> accepts;

    KeyFormat(String description, Predicate<String> accepts) {
        this.description = description;
        this.accepts = accepts;
    }

    public boolean accepts(String key) {
        return accepts.test(key);
    }

    /** What a key has to be, to be put after "the key must be". */
    public String description() {
        return description;
    }

    private static final class Patterns {
        static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12}");
    }
}
