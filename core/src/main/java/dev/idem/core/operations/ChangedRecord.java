package dev.idem.core.operations;

import dev.idem.core.record.view.RecordView;

/** What an operation did to one store's record, and the record as read before. */
public record ChangedRecord(Outcome outcome, RecordView record) {

    /** What happened to the record. */
    public enum Outcome {
        /** It was stale and was removed. */
        CLEARED,
        /** It was removed. */
        DELETED,
        /** Its outcome was resolved. */
        RESOLVED,
        /** It changed after it was read, and stays. */
        CHANGED,
        /** Nothing was attempted. */
        KEPT
    }

    boolean is(Outcome expected) {
        return outcome == expected;
    }
}
