package dev.idem.core.record.view;

import dev.idem.core.record.SeenRecord;
import dev.idem.core.record.StoredRecord.State;
import java.util.Locale;

/** The state of a record for operators. Stores keep a held record as a completed one without an answer. */
public enum RecordState {
    /** Its request executes, or its owner has died. */
    PROCESSING(State.PROCESSING),
    /** It took effect, and repeats are answered. */
    COMPLETED(State.COMPLETED),
    /** Nobody knows whether it took effect, and repeats are refused until somebody resolves it. */
    HELD(State.COMPLETED);

    private final State stored;

    RecordState(State stored) {
        this.stored = stored;
    }

    public static RecordState of(SeenRecord record) {
        if (record.state() == State.PROCESSING) {
            return PROCESSING;
        }
        return record.outcomeUnknown() ? HELD : COMPLETED;
    }

    /** The state that stores keep. */
    public State stored() {
        return stored;
    }

    /** The label for operators and their programs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
