package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck.Result;
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

    static boolean is(Result result) {
        Map<String, Object> details = result.getDetails();
        return details != null && Boolean.TRUE.equals(details.get(DETAIL));
    }
}
