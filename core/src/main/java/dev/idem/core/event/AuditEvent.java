package dev.idem.core.event;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import java.util.Optional;

/**
 * One event of the audit trail. Texts are cut to the length that a row may have.
 *
 * @param scope whose key it was; empty if the event has no scope
 * @param key the key; empty if the event has no key
 * @param route the route, or empty text
 * @param layer how the repeat was recognised, or empty text
 * @param node the process that saw it
 * @param fencing fencing number of the lease concerned; empty if there was none
 * @param actor who did it; empty if nobody did
 * @param reason why, in the actor's words
 * @param detail more details, such as {@code outcome=replayed}
 */
public record AuditEvent(
        AuditType type,
        Optional<Scope> scope,
        Optional<String> key,
        String route,
        String layer,
        String node,
        Optional<Long> fencing,
        Optional<String> actor,
        Optional<String> reason,
        String detail) {
    /** The greatest length of a reason, a detail or a name, in characters. */
    public static final int MOST_TEXT = 500;

    public AuditEvent {
        route = text(route);
        layer = text(layer);
        node = text(node);
        actor = actor.map(AuditEvent::text);
        reason = reason.map(AuditEvent::text);
        detail = text(detail);
    }

    /** About a record. */
    public static AuditEvent of(AuditType type, String node, RecordId id, String route, String layer, String detail) {
        return new AuditEvent(
                type,
                Optional.of(id.scope()),
                Optional.of(id.key()),
                route,
                layer,
                node,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                detail);
    }

    /** About a node and its stores. */
    public static AuditEvent of(AuditType type, String node, String detail) {
        return new AuditEvent(
                type,
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                node,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                detail);
    }

    public AuditEvent withFencing(long number) {
        return new AuditEvent(type, scope, key, route, layer, node, Optional.of(number), actor, reason, detail);
    }

    /** PostgreSQL accepts no zero character, and no single row may fill the table. */
    private static String text(String given) {
        String clean = given.replace("\0", "\\0");
        return clean.length() <= MOST_TEXT ? clean : clean.substring(0, MOST_TEXT - 1) + '…';
    }
}
