package dev.idem.gateway.config;

import dev.idem.gateway.route.RoutePath;
import dev.idem.gateway.route.ServicePaths;
import org.jspecify.annotations.Nullable;

/** The rules for a route's prefix. */
final class RoutePrefix {
    private RoutePrefix() {}

    /** @throws IllegalArgumentException saying what it should be */
    static String checked(@Nullable String prefix) {
        if (prefix == null || !prefix.matches("/[!-~]*") || prefix.matches(".*[?#;%\\\\{}*].*")) {
            throw new IllegalArgumentException("prefix must be a path such as /orders");
        }
        RoutePath path = new RoutePath(prefix);
        if (path.hasDotSegment() || !path.isPlain()) {
            throw new IllegalArgumentException("prefix must be a path without dot segments or empty segments");
        }
        String checked =
                prefix.length() > 1 && prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        if (ServicePaths.include(checked)) {
            throw new IllegalArgumentException(
                    "prefix must be outside the paths of the service itself, not " + checked);
        }
        return checked;
    }
}
