package dev.idem.gateway.route;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the route of a path: the one with the longest prefix of whole segments. Paths that the service serves itself
 * ({@link ServicePaths}) have no route. Immutable.
 *
 * @param <R> a route
 */
public final class RouteTable<R> {
    private record Entry<R>(String prefix, R route) {
        boolean takes(String path) {
            return path.startsWith(prefix)
                    && (prefix.endsWith("/")
                            || path.length() == prefix.length()
                            || path.charAt(prefix.length()) == '/'
                            || path.charAt(prefix.length()) == ';');
        }
    }

    private final List<Entry<R>> longestFirst;

    /** @param routes by their prefixes; each begins with a slash, and only the prefix {@code /} ends with one */
    public RouteTable(Map<String, R> routes) {
        this.longestFirst = new TreeMap<>(routes)
                .entrySet().stream()
                        .map(route -> new Entry<>(route.getKey(), route.getValue()))
                        .sorted(Comparator.comparingInt(
                                (Entry<R> entry) -> -entry.prefix().length()))
                        .toList();
    }

    public boolean isEmpty() {
        return longestFirst.isEmpty();
    }

    /** All routes, the longest prefix first. */
    public List<R> routes() {
        return longestFirst.stream().map(Entry::route).toList();
    }

    public Optional<R> match(String path) {
        for (Entry<R> entry : longestFirst) {
            if (entry.takes(path)) {
                return ServicePaths.include(path) ? Optional.empty() : Optional.of(entry.route());
            }
        }
        return Optional.empty();
    }
}
