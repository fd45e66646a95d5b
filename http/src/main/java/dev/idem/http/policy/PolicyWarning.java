package dev.idem.http.policy;

import dev.idem.core.engine.StrictButOpen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators which policy promises less than its consistency says. */
public final class PolicyWarning {
    private static final Logger log = LoggerFactory.getLogger(PolicyWarning.class);

    private PolicyWarning() {}

    /** @param place where the policy is, such as {@code idempotency.policy} */
    public static void log(String place, RoutePolicy policy) {
        if (policy.engine().isStrictButOpen()) {
            log.warn("{}: consistency is strict and onStoreFailure is open. {}", place, StrictButOpen.CONSEQUENCE);
        }
    }
}
