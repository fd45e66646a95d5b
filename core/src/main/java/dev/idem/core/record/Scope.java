package dev.idem.core.record;

/**
 * Whose key it is. Scopes are isolated: keys and answers of one scope are invisible in another.
 *
 * @param value 1 to 255 printable ASCII characters without space; stored and compared unchanged
 */
public record Scope(String value) {
    private static final int MAX_LENGTH = 255;
    private static final String SHADOW = "shadow:";

    public Scope {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a scope has 1 to 255 characters, not " + value.length());
        }
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("a scope has only printable ASCII characters and no space");
        }
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
