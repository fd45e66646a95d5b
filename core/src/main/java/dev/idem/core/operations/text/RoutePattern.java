package dev.idem.core.operations.text;

import java.util.Arrays;
import java.util.List;

/**
 * The paths of a route: {@code POST /api/v1/shares/{id}} matches any text in place of {@code {id}}, and all paths
 * below.
 */
public record RoutePattern(List<String> segments) {

    public RoutePattern {
        segments = List.copyOf(segments);
    }

    /** @param route the name of a route, such as {@code POST /orders} */
    public static RoutePattern of(String route) {
        return new RoutePattern(segmentsOf(route.substring(route.indexOf(' ') + 1)));
    }

    public boolean takes(String path) {
        List<String> asked = segmentsOf(path);
        if (asked.size() < segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (!segment.startsWith("{") && !segment.equals(asked.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> segmentsOf(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }
}
