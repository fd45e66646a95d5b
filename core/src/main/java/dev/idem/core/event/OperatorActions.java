package dev.idem.core.event;

import dev.idem.core.record.RecordId;
import java.util.Optional;

/**
 * What operators do, written at once, in the name of one of them. Thread-safe; methods throw {@link
 * dev.idem.core.store.StoreUnavailableException} when PostgreSQL cannot be asked: whoever acts says so, and acts all the same.
 */
public final class OperatorActions {
    private final AuditEvents events;
    private final String node;
    private final String actor;
    private final Optional<String> reason;

    /**
     * @param node the tool or the process through which it is done
     * @param actor who does it
     * @param reason why
     */
    public OperatorActions(AuditEvents events, String node, String actor, Optional<String> reason) {
        this.events = events;
        this.node = node;
        this.actor = actor;
        this.reason = reason;
    }

    /**
     * Something was done to many records, or to none in particular.
     *
     * @param action the command's name, such as {@code clear-stale}
     * @param detail what came of it, such as {@code cleared=3}
     */
    public void did(String action, String detail) {
        write(AuditType.OPERATOR_ACTION, Optional.empty(), action, detail);
    }

    /** Something was done to one record. */
    public void did(String action, RecordId id, String detail) {
        write(AuditType.OPERATOR_ACTION, Optional.of(id), action, detail);
    }

    /** The roll-out is another one from now on. */
    public void changedRollout(String detail) {
        write(AuditType.ROLLOUT_CHANGED, Optional.empty(), "rollout", detail);
    }

    private void write(AuditType type, Optional<RecordId> id, String action, String detail) {
        events.write(new AuditEvent(
                type,
                id.map(RecordId::scope),
                id.map(RecordId::key),
                "",
                "",
                node,
                Optional.empty(),
                Optional.of(actor),
                reason,
                ("action=" + action + ' ' + detail).strip()));
    }
}
