package dev.idem.core.rollout;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings in their JSON and YAML form: in the database, in configuration files, over HTTP. A null value was left out.
 *
 * @param percent 0 to 100, with at most two decimals
 * @param platforms empty for all
 * @param routes the differences, by the routes' names
 */
public record RolloutDocument(
        @Nullable Boolean enabled,
        @Nullable BigDecimal percent,
        @Nullable List<String> platforms,
        @Nullable Boolean shadow,
        @Nullable Map<String, Route> routes) {

    /** The differences on one route. */
    public record Route(
            @Nullable Boolean enabled,
            @Nullable BigDecimal percent,
            @Nullable List<String> platforms,
            @Nullable Boolean shadow) {

        /** @throws IllegalArgumentException with a complete sentence, if a value is not allowed */
        RouteOverride override() {
            return new RouteOverride(
                    Optional.ofNullable(enabled),
                    Optional.ofNullable(percent).map(Percentage::of),
                    Optional.ofNullable(platforms).map(Platforms::of),
                    Optional.ofNullable(shadow));
        }

        static Route of(RouteOverride override) {
            return new Route(
                    override.enabled().orElse(null),
                    override.percentage().map(Percentage::percent).orElse(null),
                    override.platforms()
                            .map(platforms -> List.copyOf(platforms.inOrder()))
                            .orElse(null),
                    override.shadow().orElse(null));
        }
    }

    /**
     * The settings; a value that was left out includes everybody on every platform.
     *
     * @throws IllegalArgumentException with a complete sentence that names it, if a value is not allowed
     */
    public RolloutSettings settings() {
        RouteOverride base = new Route(enabled, percent, platforms, shadow).override();
        Map<String, RouteOverride> overrides = new TreeMap<>();
        Objects.requireNonNullElse(routes, Map.<String, Route>of()).forEach((name, route) -> {
            if (route == null) {
                throw new IllegalArgumentException("routes must give each route its settings, or leave it out");
            }
            overrides.put(name, route.override());
        });
        return new RolloutSettings(base.replacing(RolloutRule.EVERYONE), overrides);
    }

    /** The document with every value given. */
    public static RolloutDocument of(RolloutSettings settings) {
        Map<String, Route> routes = new TreeMap<>();
        settings.routes().forEach((name, override) -> routes.put(name, Route.of(override)));
        RolloutRule all = settings.all();
        return new RolloutDocument(
                all.enabled(),
                all.percentage().percent(),
                List.copyOf(all.platforms().inOrder()),
                all.shadow(),
                routes);
    }
}
