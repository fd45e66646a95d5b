package dev.idem.service.admin.record;

import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.OperatorActions;
import dev.idem.core.operations.ActionLog;
import dev.idem.core.record.RecordId;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.service.admin.request.Reason;
import dev.idem.service.auth.AuthenticatedUser;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents each change of a record by an operator, with the operator and the reason. Writes to the audit trail and to the log,
 * which works also while PostgreSQL is unavailable. Thread-safe.
 */
final class OperatorChangeLog {
    private static final Logger log = LoggerFactory.getLogger(OperatorChangeLog.class);

    private final AuditEventStore trail;
    private final String node;

    OperatorChangeLog(AuditEventStore trail, String node) {
        this.trail = trail;
        this.node = node;
    }

    /** For the actions of one caller. */
    ActionLog of(AuthenticatedUser caller, Reason reason) {
        ActionLog audit = ActionLog.to(
                new OperatorActions(trail, node, caller.email(), Optional.of(reason.text())),
                OperatorChangeLog::unaudited);
        return new ActionLog() {
            @Override
            public void did(String action, Collection<RecordId> records, String detail) {
                records.forEach(id -> log.info(
                        "operator action: {} {} {} by={} reason=\"{}\"",
                        action,
                        id,
                        detail,
                        caller.email(),
                        reason.text()));
                audit.did(action, records, detail);
            }

            @Override
            public void changedRollout(String detail) {
                audit.changedRollout(detail);
            }
        };
    }

    private static void unaudited(StoreUnavailableException failure) {
        log.warn("the operator action above is not in the audit trail: {}", failure.getMessage());
    }
}
