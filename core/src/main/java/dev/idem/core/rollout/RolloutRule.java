package dev.idem.core.rollout;

import dev.idem.core.record.Scope;
import java.util.function.Supplier;

/**
 * For whose requests the layer works on one route, and how.
 *
 * @param enabled false means for nobody's
 * @param shadow true: the layer decides and counts, and every request executes all the same
 */
public record RolloutRule(boolean enabled, Percentage percentage, Platforms platforms, boolean shadow) {
    /** Works for all. */
    public static final RolloutRule EVERYONE = new RolloutRule(true, Percentage.ALL, Platforms.ALL, false);

    /** Whether repeats are stopped for those who are in. */
    public boolean intervenes() {
        return enabled && !shadow;
    }

    /**
     * Whether a request is in.
     *
     * @param platform the client's, asked only if it matters; empty if it does not say
     */
    public boolean includes(Scope scope, Supplier<String> platform) {
        return enabled && percentage.includes(scope) && (platforms.areAll() || platforms.include(platform.get()));
    }

    RolloutRule off() {
        return new RolloutRule(false, percentage, platforms, shadow);
    }
}
