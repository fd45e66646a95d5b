package dev.idem.core.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * How far a comparison has come. A later run may begin there. A place in Redis is meaningless to another Redis process.
 *
 * @param inDurable whether the fast store has been scanned, and now the durable store is
 * @param cursor of the store's list; null for its begin
 */
public record ScanPlace(boolean inDurable, @Nullable String cursor) {
    /** The begin of the first scan. */
    public static final ScanPlace BEGIN = new ScanPlace(false, null);

    private static final String FAST = "fast:";
    private static final String DURABLE = "durable:";

    /** @throws IllegalArgumentException if the text is not that of a place */
    public static ScanPlace parse(String text) {
        boolean inDurable = text.startsWith(DURABLE);
        if (!inDurable && !text.startsWith(FAST)) {
            throw new IllegalArgumentException("A place begins with " + FAST + " or " + DURABLE);
        }
        String cursor = text.substring((inDurable ? DURABLE : FAST).length());
        return new ScanPlace(inDurable, cursor.isEmpty() ? null : cursor);
    }

    @Override
    public String toString() {
        return (inDurable ? DURABLE : FAST) + (cursor == null ? "" : cursor);
    }
}
