package dev.idem.core.record;

import java.util.Optional;

/**
 * Where a claim came from; shown to operators, never compared.
 *
 * @param node the name of the process that executes, at most 255 characters
 * @param route the route as a template such as {@code POST /api/v1/shares}, at most 255 characters
 * @param consistency what the store knows of the route's consistency: PostgreSQL that it is strict
 */
public record ClaimOrigin(String node, String route, Optional<Consistency> consistency) {
    private static final int MAX_LENGTH = 255;

    public ClaimOrigin {
        node = clip(node);
        route = clip(route);
    }

    /** Without a known consistency. */
    public ClaimOrigin(String node, String route) {
        this(node, route, Optional.empty());
    }

    private static String clip(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
