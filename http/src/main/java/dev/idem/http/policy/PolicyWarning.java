package dev.idem.http.policy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators which policy promises less than its consistency says. */
public final class StrictButOpen {
    private static final Logger log = LoggerFactory.getLogger(StrictButOpen.class);

    private StrictButOpen() {}

    /** @param place where the policy is, such as {@code idempotency.policy} */
    public static void warn(String place, RoutePolicy policy) {
        if (policy.engine().isStrictButOpen()) {
            log.warn(
                    "{}: consistency is strict and onStoreFailure is open. While PostgreSQL is unavailable, a key may execute once in"
                            + " each process. Use onStoreFailure: closed, the default under strict, to prevent that.",
                    place);
        }
    }
}
