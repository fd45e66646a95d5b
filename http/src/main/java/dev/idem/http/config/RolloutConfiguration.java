package dev.idem.http.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.idem.core.rollout.RolloutDocument;
import dev.idem.core.rollout.RolloutSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For whom the layer is active, until an operator changes it at run time.
 *
 * @param percent of the callers, 0 to 100 with at most two decimals; a caller who is included stays so at every higher value
 * @param platforms only clients on these platforms; empty for all
 * @param shadow if true, the layer decides and counts, but every request executes
 * @param routes overrides for single routes by name, such as {@code POST /api/v1/shares}
 */
public record RolloutConfiguration(
        @Nullable BigDecimal percent,
        @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<String> platforms,
        @Nullable Boolean shadow,
        @JsonSetter(contentNulls = Nulls.FAIL) @Nullable Map<String, RolloutDocument.Route> routes) {

    /** All callers on all platforms. */
    public static final RolloutConfiguration EVERYONE = new RolloutConfiguration(null, null, null, null);

    public RolloutConfiguration {
        try {
            RolloutSettings unused = settings(percent, platforms, shadow, routes); // validates
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
