package dev.idem.gateway.route;

import dev.idem.http.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The paths that the service serves itself on the application port, whatever routes there are. A path is compared as it
 * was sent; another spelling is another path.
 */
public final class ServicePaths {
    /** Single paths. */
    private static final Set<String> EXACT = Stream.concat(
                    Stream.of(
                            "/openapi.json",
                            "/api/auth/login",
                            "/api/v1/admin/gateway/routes",
                            "/api/v1/executions:batch"), // reserved, as is /api/v1/executions below
                    Arrays.stream(ProblemType.values()).map(ProblemType::uri))
            .collect(Collectors.toUnmodifiableSet());

    /** This path, and names directly below it. */
    private static final String COLLECTION = "/api/v1/shares";

    /** These paths, and everything below them. */
    private static final List<String> TREES =
            List.of("/api/v1/admin/idempotency", "/api/v1/executions", "/api/v1/idempotency-record", "/console");

    private ServicePaths() {}

    /** @param path without the query; a slash at the end is ignored */
    public static boolean include(String path) {
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return EXACT.contains(trimmed)
                || isInCollection(trimmed)
                || TREES.stream().anyMatch(tree -> isIn(tree, path));
    }

    private static boolean isInCollection(String path) {
        return isIn(COLLECTION, path) && path.indexOf('/', COLLECTION.length() + 1) < 0;
    }

    private static boolean isIn(String tree, String path) {
        return path.startsWith(tree) && (path.length() == tree.length() || path.charAt(tree.length()) == '/');
    }
}
