package dev.idem.core.rollout;

import dev.idem.core.record.Scope;
import java.util.function.Supplier;

/**
 * For whose requests the layer is active on one route, and how.
 *
 * @param enabled false means for none
 * @param shadow true means that the layer decides and counts, but every request executes
 */
public record RolloutRule(boolean enabled, Percentage percentage, Platforms platforms, boolean shadow) {
    /** Active for all requests. */
    public static final RolloutRule EVERYONE = new RolloutRule(true, Percentage.ALL, Platforms.ALL, false);

    /** Whether the layer stops repeats of the included callers. */
    public boolean intervenes() {
        return enabled && !shadow;
    }

    /**
     * Whether a request is included.
     *
     * @param platform supplies the client's platform, called only if it matters; empty if unknown
     */
    public boolean includes(Scope scope, Supplier<String> platform) {
        return enabled && percentage.includes(scope) && (platforms.areAll() || platforms.include(platform.get()));
    }

    RolloutRule off() {
        return new RolloutRule(false, percentage, platforms, shadow);
    }
}
