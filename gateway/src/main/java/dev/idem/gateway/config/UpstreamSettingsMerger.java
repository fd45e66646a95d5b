package dev.idem.gateway.config;

import dev.idem.gateway.route.RouteSettings;
import io.dropwizard.util.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Merges the settings of routes that share an upstream. An upstream has one set of connections and one breaker: a key
 * that one route leaves out may be set by another, and keys that both set must be equal.
 */
final class UpstreamSettingsMerger {
    private static final Map<String, Function<RouteConfiguration, @Nullable Object>> KEYS = keys();

    private UpstreamSettingsMerger() {}

    private static Map<String, Function<RouteConfiguration, @Nullable Object>> keys() {
        Map<String, Function<RouteConfiguration, @Nullable Object>> keys = new LinkedHashMap<>();
        keys.put(
                "protocol",
                route -> route.protocol() == null ? null : route.protocol().toLowerCase(Locale.ROOT));
        keys.put("caFile", RouteConfiguration::caFile);
        keys.put("trustStore", RouteConfiguration::trustStore);
        keys.put("trustStorePassword", RouteConfiguration::trustStorePassword);
        keys.put("connectTimeout", route -> length(route.connectTimeout()));
        keys.put("maxIdle", route -> length(route.maxIdle()));
        keys.put("maxAge", route -> length(route.maxAge()));
        keys.put("maxConnections", RouteConfiguration::maxConnections);
        keys.put("maxQueued", RouteConfiguration::maxQueued);
        keys.put("breaker.window", route -> breaker(route).window());
        keys.put("breaker.minimumCalls", route -> breaker(route).minimumCalls());
        keys.put("breaker.failureRate", route -> breaker(route).failureRate());
        keys.put("breaker.pause", route -> length(breaker(route).pause()));
        return keys;
    }

    /**
     * The routes, each with all settings of its upstream.
     *
     * @param settings what each route configures alone
     * @throws IllegalArgumentException naming two routes that disagree, and the key
     */
    static List<RouteConfiguration> completed(List<RouteConfiguration> routes, List<RouteSettings> settings) {
        Map<String, List<Integer>> byAddress = new LinkedHashMap<>();
        for (int i = 0; i < routes.size(); i++) {
            byAddress
                    .computeIfAbsent(settings.get(i).upstream().toString(), address -> new ArrayList<>())
                    .add(i);
        }
        Map<Integer, RouteConfiguration> completed = new HashMap<>();
        byAddress.values().forEach(sharing -> {
            KEYS.forEach((key, value) -> requireOneValue(sharing, routes, key, value));
            RouteConfiguration all = sharing.stream()
                    .map(routes::get)
                    .reduce((one, next) -> one.completedBy(next))
                    .orElseThrow();
            sharing.forEach(i -> completed.put(i, routes.get(i).completedBy(all)));
        });
        return IntStream.range(0, routes.size()).mapToObj(completed::get).toList();
    }

    private static void requireOneValue(
            List<Integer> sharing,
            List<RouteConfiguration> routes,
            String key,
            Function<RouteConfiguration, @Nullable Object> value) {
        List<Integer> saying =
                sharing.stream().filter(i -> value.apply(routes.get(i)) != null).toList();
        for (int i : saying) {
            int first = saying.get(0);
            if (!String.valueOf(value.apply(routes.get(i))).equals(String.valueOf(value.apply(routes.get(first))))) {
                throw new IllegalArgumentException(name(i, key) + " must be the same as " + name(first, key)
                        + ", or be left out: both routes have the same upstream");
            }
        }
    }

    private static String name(int route, String key) {
        return "gateway.routes[" + route + "]." + key;
    }

    private static BreakerConfiguration breaker(RouteConfiguration route) {
        return route.breaker() == null ? BreakerConfiguration.EMPTY : route.breaker();
    }

    private static @Nullable Object length(@Nullable Duration written) {
        return written == null ? null : written.toJavaDuration();
    }
}
