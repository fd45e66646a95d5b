package dev.idem.core.record;

/**
 * The identity of a record: a key within a scope.
 *
 * @param scope whose key it is
 * @param key the client's key, unquoted: 1 to 255 printable ASCII characters (0x20 to 0x7e); or, for a request without
 *     a key, a name made from its fingerprint that no client's key can equal
 */
public record RecordId(Scope scope, String key) {
    static final int LOG_HASH_BYTES = 6;
    private static final int MAX_KEY_LENGTH = 255;

    /** Contains a tab, which no key has. Clients choose their keys, and a key could otherwise begin with this text. */
    private static final String WITHOUT_KEY = "\tfingerprint:";

    public RecordId {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("a key has 1 to 255 characters, not " + key.length());
        }
        int begin = key.startsWith(WITHOUT_KEY) ? WITHOUT_KEY.length() : 0;
        if (!key.chars().skip(begin).allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("a key has only printable ASCII characters");
        }
    }

    /** The record of a request without a key, identified by its fingerprint. */
    public static RecordId of(Scope scope, Fingerprint fingerprint) {
        return new RecordId(scope, WITHOUT_KEY + fingerprint);
    }

    /** Whether this is the record of a request without a key. */
    public boolean isWithoutKey() {
        return key.startsWith(WITHOUT_KEY);
    }

    /** A short hash that identifies this record in logs, where keys themselves never appear. */
    public String logHash() {
        return ShortHash.of(scope.value() + '\n' + key, LOG_HASH_BYTES);
    }

    /** Shows only the hash, so that a log line or an exception reveals no key. */
    @Override
    public String toString() {
        return "record#" + logHash();
    }
}
