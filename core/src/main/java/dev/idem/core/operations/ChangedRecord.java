package dev.idem.core.operations;

import dev.idem.core.record.RecordView;

/** What an operation did to one store's record, and the record as it was read before. */
public record ChangedRecord(Outcome outcome, RecordView record) {

    /** What became of it. */
    public enum Outcome {
        /** It was stale, and is removed. */
        CLEARED,
        /** It is removed. */
        DELETED,
        /** Its outcome is known now. */
        RESOLVED,
        /** It changed after it was read, and stays. */
        CHANGED,
        /** Nothing was tried. */
        KEPT
    }

    boolean is(Outcome expected) {
        return outcome == expected;
    }
}
