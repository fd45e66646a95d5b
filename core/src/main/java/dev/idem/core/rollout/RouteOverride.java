package dev.idem.core.rollout;

import java.util.Optional;

/** What is different on one route; what is empty is as on all. */
public record RouteOverride(
        Optional<Boolean> enabled,
        Optional<Percentage> percentage,
        Optional<Platforms> platforms,
        Optional<Boolean> shadow) {

    /** Nothing is different. */
    public static final RouteOverride NOTHING =
            new RouteOverride(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** This override, and where it says nothing, another. */
    public RouteOverride over(RouteOverride other) {
        return new RouteOverride(
                enabled.or(other::enabled),
                percentage.or(other::percentage),
                platforms.or(other::platforms),
                shadow.or(other::shadow));
    }

    /** The rule with what is different. A route cannot be on while all are off. */
    public RolloutRule over(RolloutRule rule) {
        return new RolloutRule(
                rule.enabled() && enabled.orElse(true),
                percentage.orElse(rule.percentage()),
                platforms.orElse(rule.platforms()),
                shadow.orElse(rule.shadow()));
    }

    /** The rule with what is different, for all routes. */
    public RolloutRule replacing(RolloutRule rule) {
        return over(
                new RolloutRule(enabled.orElse(rule.enabled()), rule.percentage(), rule.platforms(), rule.shadow()));
    }
}
