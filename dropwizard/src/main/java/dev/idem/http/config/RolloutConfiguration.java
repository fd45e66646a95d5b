package dev.idem.http.config;

import dev.idem.core.rollout.RolloutDocument;
import dev.idem.core.rollout.RolloutSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For whom the layer works, until an operator says something else while the service runs.
 *
 * @param percent of the callers, 0 to 100 with at most two decimals; a caller who is in at one percentage stays in at every
 *     higher one
 * @param platforms what clients must be to be in; empty for all
 * @param shadow true: the layer decides and counts, and every request executes all the same
 * @param routes what is different on single routes, by their names, such as {@code POST /api/v1/shares}
 */
public record RolloutConfiguration(
        @Nullable BigDecimal percent,
        @Nullable List<String> platforms,
        @Nullable Boolean shadow,
        @Nullable Map<String, RolloutDocument.Route> routes) {

    /** All callers on all platforms. */
    public static final RolloutConfiguration EVERYONE = new RolloutConfiguration(null, null, null, null);

    public RolloutConfiguration {
        try {
            RolloutSettings unused =
                    settings(percent, platforms, shadow, routes); // so that a wrong one stops the start
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("rollout." + e.getMessage(), e);
        }
    }

    public RolloutSettings settings() {
        return settings(percent, platforms, shadow, routes);
    }

    private static RolloutSettings settings(
            @Nullable BigDecimal percent,
            @Nullable List<String> platforms,
            @Nullable Boolean shadow,
            @Nullable Map<String, RolloutDocument.Route> routes) {
        return new RolloutDocument(true, percent, platforms, shadow, routes).settings();
    }
}
