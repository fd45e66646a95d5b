package dev.idem.core.operations;

import dev.idem.core.record.view.RecordView;
import java.util.List;
import java.util.stream.Stream;

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

    /** Of how many keys a record has this outcome. A key that both stores have counts once. */
    static long keys(List<ChangedRecord> items, Outcome outcome) {
        return keys(items.stream().filter(item -> item.is(outcome)));
    }

    /** How many keys these records are of. */
    static long keys(List<ChangedRecord> items) {
        return keys(items.stream());
    }

    private static long keys(Stream<ChangedRecord> items) {
        return items.map(item -> item.record().id()).distinct().count();
    }
}
