package dev.idem.service.gateway.config;

import dev.idem.service.gateway.route.RoutePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a route's prefix may be. */
final class Prefixes {
    /** What the service answers itself. */
    private static final List<String> OWN = List.of("/api", "/console", "/problems", "/openapi.json");

    private Prefixes() {}

    /** @throws IllegalArgumentException saying what it should be */
    static String checked(@Nullable String prefix) {
        if (prefix == null || !prefix.matches("/[!-~]*") || prefix.matches(".*[?#;%\\\\{}*].*")) {
            throw new IllegalArgumentException("prefix must be a path such as /orders, not " + prefix);
        }
        RoutePath path = new RoutePath(prefix);
        if (path.hasDotSegment() || !path.isPlain()) {
            throw new IllegalArgumentException(
                    "prefix must be a path without dot segments and empty ones, not " + prefix);
        }
        String checked =
                prefix.length() > 1 && prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        for (String own : OWN) {
            if (checked.equals(own) || checked.startsWith(own + '/')) {
                throw new IllegalArgumentException(
                        "prefix must be another than " + own + ", which the service answers itself: " + prefix);
            }
        }
        return checked;
    }
}
