package dev.idem.core.rollout;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * For whom the layer is active, on all routes. Immutable.
 *
 * @param all the rule of routes without an override
 * @param routes the overrides, by the names of routes, such as {@code POST /api/v1/shares}
 */
public record RolloutSettings(RolloutRule all, SortedMap<String, RouteOverride> routes) {
    /** Active for all callers on all routes. */
    public static final RolloutSettings EVERYONE = new RolloutSettings(RolloutRule.EVERYONE, Map.of());

    private static final int MOST_ROUTES = 200;
    private static final String ROUTE = "[!-~]{1,10} /[!-~]{0,300}";

    /** @throws IllegalArgumentException if there are more than 200 routes, or a name is not a route's name */
    public RolloutSettings(RolloutRule all, Map<String, RouteOverride> routes) {
        this(all, (SortedMap<String, RouteOverride>) new TreeMap<>(routes));
    }

    public RolloutSettings {
        if (routes.size() > MOST_ROUTES) {
            throw new IllegalArgumentException("routes must be at most " + MOST_ROUTES + ", not " + routes.size());
        }
        if (!routes.keySet().stream().allMatch(name -> name.matches(ROUTE))) {
            throw new IllegalArgumentException(
                    "routes must be named by method and path, such as 'POST /api/v1/shares', of at most 300 characters");
        }
        routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
    }

    /** The rule of one route. */
    public RolloutRule rule(String route) {
        @Nullable RouteOverride override = routes.get(route);
        return override == null ? all : override.over(all);
    }

    /** These settings with another rule for all routes without an override. */
    public RolloutSettings with(RouteOverride change) {
        return new RolloutSettings(change.replacing(all), routes);
    }

    /** These settings with one more override on one route. */
    public RolloutSettings with(String route, RouteOverride change) {
        Map<String, RouteOverride> changed = new TreeMap<>(routes);
        changed.merge(route, change, (before, now) -> now.over(before));
        return new RolloutSettings(all, changed);
    }

    /** These settings with the layer off everywhere. */
    public RolloutSettings off() {
        return new RolloutSettings(all.off(), routes);
    }
}
