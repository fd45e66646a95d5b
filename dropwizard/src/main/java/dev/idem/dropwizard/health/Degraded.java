package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck.Result;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.util.Map;

/** Results that ask for an operator, while requests are still decided by their policies. */
final class Degraded {
    private static final String DETAIL = "degraded";

    private Degraded() {}

    static Result because(String message) {
        return Result.builder()
                .unhealthy()
                .withMessage(message)
                .withDetail(DETAIL, true)
                .build();
    }

    /** A store that the nodes share is unavailable. The message has the reason and what to do. */
    static Result because(String store, StoreUnavailableException failure) {
        String advice = failure.advice().isEmpty() ? "" : " " + failure.advice();
        boolean oneStatement = failure.reason() == UnavailableReason.STATEMENT_FAILED
                || failure.reason() == UnavailableReason.PERMISSION;
        String verb = oneStatement ? UnavailableStore.of(failure).verb() : "is unavailable";
        return because(store + " " + verb + " (" + failure.why() + ")." + advice);
    }

    static boolean is(Result result) {
        Map<String, Object> details = result.getDetails();
        return details != null && Boolean.TRUE.equals(details.get(DETAIL));
    }
}
