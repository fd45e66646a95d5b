package dev.idem.core.rollout;

import java.util.Optional;

/** The differences on one route; an empty value is the same as on all routes. */
public record RouteOverride(
        Optional<Boolean> enabled,
        Optional<Percentage> percentage,
        Optional<Platforms> platforms,
        Optional<Boolean> shadow) {

    /** No difference. */
    public static final RouteOverride NOTHING =
            new RouteOverride(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** This override, completed from another one where it has no value. */
    public RouteOverride over(RouteOverride other) {
        return new RouteOverride(
                enabled.or(other::enabled),
                percentage.or(other::percentage),
                platforms.or(other::platforms),
                shadow.or(other::shadow));
    }

    /** The rule with these differences. A route cannot be on while all are off. */
    public RolloutRule over(RolloutRule rule) {
        return new RolloutRule(
                rule.enabled() && enabled.orElse(true),
                percentage.orElse(rule.percentage()),
                platforms.orElse(rule.platforms()),
                shadow.orElse(rule.shadow()));
    }

    /** The rule with these differences, for all routes. */
    public RolloutRule replacing(RolloutRule rule) {
        return over(
                new RolloutRule(enabled.orElse(rule.enabled()), rule.percentage(), rule.platforms(), rule.shadow()));
    }
}
