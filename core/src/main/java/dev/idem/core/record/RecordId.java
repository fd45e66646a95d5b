package dev.idem.core.record;

import java.util.HexFormat;

/**
 * The name of a record: a key within its owner's scope.
 *
 * @param scope whose key it is
 * @param key the client's key, unquoted, or the fingerprint of a request without one: 1 to 255 printable ASCII characters (0x20 to 0x7e)
 */
public record RecordId(Scope scope, String key) {
    static final int LOG_HASH_BYTES = 6;
    private static final int MAX_KEY_LENGTH = 255;

    public RecordId {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("a key has 1 to 255 characters, not " + key.length());
        }
        if (!key.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("a key has only printable ASCII characters");
        }
    }

    /** The record of a request without a key, which is told from others by what it says. */
    public static RecordId of(Scope scope, Fingerprint fingerprint) {
        return new RecordId(scope, "fingerprint:" + HexFormat.of().formatHex(fingerprint.bytes()));
    }

    /** A short hash that stands for this record in logs, where keys themselves never appear. */
    public String logHash() {
        return ShortHash.of(scope.value() + '\n' + key, LOG_HASH_BYTES);
    }

    /** Shows the hash only, so that an identifier in a log line or an exception gives no key away. */
    @Override
    public String toString() {
        return "record#" + logHash();
    }
}
