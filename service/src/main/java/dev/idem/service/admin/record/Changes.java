package dev.idem.service.admin.record;

import dev.idem.core.record.RecordId;
import dev.idem.service.admin.request.Reason;
import dev.idem.service.auth.Caller;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts down what operators have done to records, who did it and why. Thread-safe. */
final class Changes {
    private static final Logger log = LoggerFactory.getLogger(Changes.class);

    void deleted(RecordId id, List<String> stores, Caller caller, Reason reason, boolean forced) {
        log.info(
                "operator action: deleted {} from {} by={} forced={} reason=\"{}\"",
                id,
                stores,
                caller.email(),
                forced,
                reason.text());
    }

    void cleared(RecordId id, String store, Caller caller, Reason reason) {
        log.info("operator action: cleared {} in {} by={} reason=\"{}\"", id, store, caller.email(), reason.text());
    }
}
