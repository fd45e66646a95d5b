package dev.idem.core.event;

import dev.idem.core.event.AuditEventStore.Aged;
import dev.idem.core.record.RecordId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Records one operator's actions in the audit trail, at once. Thread-safe; methods throw
 * {@link dev.idem.core.store.StoreUnavailableException} when PostgreSQL is unavailable. The caller then reports that,
 * and acts nevertheless.
 */
public final class OperatorActions {
    private static final int AT_ONCE = 1_000;

    private final AuditEventStore events;
    private final String node;
    private final String actor;
    private final Optional<String> reason;

    /**
     * @param node the tool or the process that the operator uses
     * @param actor the operator's name
     * @param reason why; an empty text is none
     */
    public OperatorActions(AuditEventStore events, String node, String actor, Optional<String> reason) {
        this.events = events;
        this.node = node;
        this.actor = actor;
        this.reason = reason.filter(text -> !text.isEmpty());
    }

    /**
     * Records an action on many records, or on none in particular.
     *
     * @param action the command's name, such as {@code clear-stale}
     * @param detail its result, such as {@code cleared=3}
     */
    public void did(String action, String detail) {
        write(AuditType.OPERATOR_ACTION, Optional.empty(), action, detail);
    }

    /** Records the same action for each of these records. */
    public void did(String action, Collection<RecordId> ids, String detail) {
        List<Aged> all = ids.stream()
                .map(id -> new Aged(event(AuditType.OPERATOR_ACTION, Optional.of(id), action, detail), Duration.ZERO))
                .toList();
        for (int begin = 0; begin < all.size(); begin += AT_ONCE) {
            events.write(all.subList(begin, Math.min(begin + AT_ONCE, all.size())));
        }
    }

    /** Records that the rollout has changed. */
    public void changedRollout(String detail) {
        write(AuditType.ROLLOUT_CHANGED, Optional.empty(), "rollout", detail);
    }

    private void write(AuditType type, Optional<RecordId> id, String action, String detail) {
        events.write(event(type, id, action, detail));
    }

    private AuditEvent event(AuditType type, Optional<RecordId> id, String action, String detail) {
        return new AuditEvent(
                type,
                id.map(RecordId::scope),
                id.map(RecordId::key),
                "",
                "",
                node,
                Optional.empty(),
                Optional.of(actor),
                reason,
                ("action=" + action + ' ' + detail).strip());
    }
}
