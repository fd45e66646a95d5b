package dev.idem.service.admin.record;

import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.OperatorActions;
import dev.idem.core.record.RecordId;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.service.admin.request.Reason;
import dev.idem.service.auth.AuthenticatedUser;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts down what operators have done to records, who did it and why: in the audit trail, and in the log, where it stands
 * also when PostgreSQL cannot be asked. Thread-safe.
 */
final class OperatorChangeLog {
    private static final Logger log = LoggerFactory.getLogger(OperatorChangeLog.class);

    private final AuditEventStore trail;
    private final String node;

    OperatorChangeLog(AuditEventStore trail, String node) {
        this.trail = trail;
        this.node = node;
    }

    void deleted(RecordId id, List<String> stores, AuthenticatedUser caller, Reason reason, boolean forced) {
        write("delete", id, "stores=" + String.join(",", stores) + " forced=" + forced, caller, reason);
    }

    void cleared(RecordId id, String store, AuthenticatedUser caller, Reason reason) {
        write("clear-stale", id, "store=" + store, caller, reason);
    }

    private void write(String action, RecordId id, String detail, AuthenticatedUser caller, Reason reason) {
        log.info("operator action: {} {} {} by={} reason=\"{}\"", action, id, detail, caller.email(), reason.text());
        try {
            new OperatorActions(trail, node, caller.email(), Optional.of(reason.text()))
                    .did(action, List.of(id), detail);
        } catch (StoreUnavailableException e) {
            log.warn("the operator action above is not in the audit trail: {}", e.getMessage());
        }
    }
}
