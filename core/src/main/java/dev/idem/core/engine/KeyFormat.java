package dev.idem.core.engine;

import java.util.regex.Pattern;

/** Which keys a route takes, beyond the 1 to 255 printable characters that every key has. */
public enum KeyFormat {
    /** A UUID in its usual notation, upper or lower case (RFC 9562, section 4). */
    UUID("a UUID such as 8e03978e-40d5-43dd-bc93-6894a57f9324", "\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12}"),
    /** Anything. */
    ANY("1 to 255 printable characters", ".*");

    private final String description;
    private final Pattern pattern;

    KeyFormat(String description, String pattern) {
        this.description = description;
        this.pattern = Pattern.compile(pattern);
    }

    public boolean accepts(String key) {
        return pattern.matcher(key).matches();
    }

    /** What a key has to be, to be put after "the key must be". */
    public String description() {
        return description;
    }
}
