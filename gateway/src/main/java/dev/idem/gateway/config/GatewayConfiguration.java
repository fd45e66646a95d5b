package dev.idem.gateway.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.http.policy.RoutePolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code gateway} section.
 *
 * @param routes none by default
 */
public record GatewayConfiguration(
        @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<RouteConfiguration> routes) {
    /** No routes. */
    public static final GatewayConfiguration EMPTY = new GatewayConfiguration(null);

    /** @throws IllegalArgumentException naming the route and the key that is wrong, and what it should be */
    public GatewayConfiguration {
        routes = routes == null ? null : List.copyOf(routes);
        List<RouteSettings> unused = over(
                routes == null ? List.of() : routes,
                RoutePolicy.DEFAULT); // validated, so that a wrong one stops the start
    }

    /** Whether the section has routes, or says that there are none. */
    public boolean mentionsRoutes() {
        return routes != null;
    }

    /**
     * The routes; the default policy fills in what they do not set.
     *
     * @throws IllegalArgumentException naming the route and the key that is wrong, and what it should be
     */
    public List<RouteSettings> over(RoutePolicy usual) {
        return over(routes == null ? List.of() : routes, usual);
    }

    private static List<RouteSettings> over(List<RouteConfiguration> routes, RoutePolicy usual) {
        return each(UpstreamSettingsMerger.completed(routes, each(routes, usual)), usual);
    }

    private static List<RouteSettings> each(List<RouteConfiguration> routes, RoutePolicy usual) {
        List<RouteSettings> settings = new ArrayList<>();
        Set<String> prefixes = new HashSet<>();
        for (int i = 0; i < routes.size(); i++) {
            String place = "gateway.routes[" + i + "].";
            try {
                settings.add(routes.get(i).over(usual));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(place + e.getMessage(), e);
            }
            if (!prefixes.add(settings.get(i).prefix())) {
                throw new IllegalArgumentException(place + "prefix must differ from that of every earlier route: "
                        + settings.get(i).prefix());
            }
        }
        return settings;
    }
}
