package dev.idem.core.store.unreadable;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.ShortHash;

/**
 * What a store has in the place of a record, and this release cannot read: another program wrote it, or a newer release, or it is
 * damaged. It stays where it is.
 *
 * @param scopeHash the scope's hash in the log; a dash if it names no scope
 * @param key the key, or the store's own name of the entry if it names no key; at most some hundred characters, which may be any
 * @param hash the record's hash in the log
 * @param reason why it cannot be read, without a full stop
 * @param newerRelease whether a newer release can read it
 */
public record UnreadableRecord(
        String store, String scopeHash, String key, String hash, String reason, boolean newerRelease) {
    private static final int LONGEST = 300;

    /** What is in the place of this record. */
    public static UnreadableRecord of(String store, RecordId id, Exception why) {
        return of(
                store,
                id.scope().value(),
                id.key(),
                String.valueOf(why.getMessage()),
                why instanceof NewerReleaseException);
    }

    /** An entry that names a scope and a key, which need not be valid. */
    public static UnreadableRecord of(String store, String scope, String key, String reason) {
        return of(store, scope, key, reason, false);
    }

    private static UnreadableRecord of(String store, String scope, String key, String reason, boolean newerRelease) {
        return new UnreadableRecord(
                store, ShortHash.inLog(scope), cut(key), hash(scope, key), cut(reason), newerRelease);
    }

    /** The {@link #hash()} of what is in the place of this record. */
    public static String hash(RecordId id) {
        return hash(id.scope().value(), id.key());
    }

    private static String hash(String scope, String key) {
        return ShortHash.inLog(scope + '\n' + key);
    }

    /** An entry whose name is not that of a record. */
    public static UnreadableRecord named(String store, String name, String reason) {
        return new UnreadableRecord(store, "-", cut(name), ShortHash.inLog(name), cut(reason), false);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + '…';
    }

    /** For logs, where keys themselves never appear. */
    @Override
    public String toString() {
        return store + " record#" + hash + " of scope#" + scopeHash + " (" + reason + ')';
    }
}
