package dev.idem.core.store.unreadable;

/** A store has something in the place of this one record that cannot be read. The store itself is well. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient UnreadableRecord record;

    public UnreadableRecordException(UnreadableRecord record, Throwable cause) {
        super(record.toString(), cause);
        this.record = record;
    }

    public UnreadableRecord record() {
        return record;
    }
}
