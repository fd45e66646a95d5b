package dev.idem.core.engine.breaker;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line when an outage of a store begins, one when its reason becomes another, and one when it ends. Thread-safe. */
final class OutageLog {
    private static final Logger log = LoggerFactory.getLogger(OutageLog.class);

    /** These end when an operator acts, not by themselves. */
    private static final Set<UnavailableReason> PERMANENT = Set.of(
            UnavailableReason.TLS,
            UnavailableReason.AUTHENTICATION,
            UnavailableReason.PERMISSION,
            UnavailableReason.READ_ONLY,
            UnavailableReason.FULL,
            UnavailableReason.WRONG_SERVER,
            UnavailableReason.FOREIGN_KEY);

    private final String store;
    private @Nullable UnavailableReason told;

    OutageLog(String store) {
        this.store = store;
    }

    synchronized void tell(StoreUnavailableException failure) {
        UnavailableReason reason = PERMANENT.contains(failure.reason()) ? failure.reason() : UnavailableReason.OTHER;
        if (reason == told) {
            return;
        }
        told = reason;
        String cause = failure.why().replaceFirst("\\.$", "") + ". " + failure.advice();
        if (reason == UnavailableReason.OTHER) {
            log.warn("{} is unavailable: {} Circuit breaker open until it is available.", store, cause);
        } else {
            log.error("{} cannot be used ({}): {} Circuit breaker open until it can.", store, reason.label(), cause);
        }
    }

    synchronized void end() {
        told = null;
        log.info("{} is available again", store);
    }
}
