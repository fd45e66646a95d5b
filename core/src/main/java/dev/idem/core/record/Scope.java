package dev.idem.core.record;

import java.util.stream.Collectors;

/**
 * Whose key it is. Scopes are isolated: keys and answers of one scope are invisible in another.
 *
 * @param value 1 to 255 printable ASCII characters without space; stored and compared unchanged
 */
public record Scope(String value) {
    private static final int MAX_LENGTH = 255;
    private static final String SHADOW = "shadow:";
    private static final String USER = "user:";
    private static final String HASHED_USER = "user-hash:";

    /**
     * The scope of a user. A name that fits is legible in it, and any other is hashed, under a prefix that no legible one has.
     *
     * @param name of any length, with any characters; names that differ have different scopes
     */
    public static Scope ofUser(String name) {
        String legible = USER + name;
        return isValid(legible) ? new Scope(legible) : new Scope(HASHED_USER + ShortHash.of(codeUnits(name), 32));
    }

    /** UTF-8 has one replacement for all halves of a surrogate pair. */
    private static String codeUnits(String name) {
        return name.chars().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
    }

    /**
     * What an operator writes: a scope as it is, or {@code user:} with a name that was hashed.
     *
     * @throws IllegalArgumentException if there is no such scope
     */
    public static Scope ofText(String text) {
        return text.startsWith(USER) ? ofUser(text.substring(USER.length())) : new Scope(text);
    }

    public Scope {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a scope has 1 to 255 characters, not " + value.length());
        }
        if (!isPrintable(value)) {
            throw new IllegalArgumentException("a scope has only printable ASCII characters and no space");
        }
    }

    private static boolean isValid(String value) {
        return value.length() <= MAX_LENGTH && isPrintable(value);
    }

    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** The part of this scope for one path, where a key has another meaning on each path. */
    public Scope at(String path) {
        String place = '@' + ShortHash.of(path, 8);
        String whole = value.length() + place.length() <= MAX_LENGTH ? value : "hashed:" + ShortHash.of(value, 32);
        return new Scope(whole + place);
    }

    /**
     * The scope of shadow records: what this scope's requests would have met, separate from records that answer
     * requests.
     */
    public Scope shadow() {
        String whole = SHADOW.length() + value.length() <= MAX_LENGTH ? value : "hashed:" + ShortHash.of(value, 32);
        return new Scope(SHADOW + whole);
    }

    /** A short hash that identifies this scope in logs. */
    public String logHash() {
        return ShortHash.of(value, RecordId.LOG_HASH_BYTES);
    }

    @Override
    public String toString() {
        return value;
    }
}
