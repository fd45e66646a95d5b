package dev.idem.gateway.route;

import dev.idem.http.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the service answers itself on the application's port, whatever routes there are: these paths, and none beside them. A path
 * is taken as it was sent; another spelling of one of these is not one of them.
 */
public final class ServicePaths {
    /** By their names alone. */
    private static final Set<String> EXACT = Stream.concat(
                    Stream.of(
                            "/openapi.json",
                            "/api/auth/login",
                            "/api/v1/admin/gateway/routes",
                            "/api/v1/executions:batch"), // for other programs to come, as /api/v1/executions below
                    Arrays.stream(ProblemType.values()).map(ProblemType::uri))
            .collect(Collectors.toUnmodifiableSet());

    /** And the names directly below. */
    private static final String COLLECTION = "/api/v1/shares";

    /** And whatever is below. */
    private static final List<String> TREES =
            List.of("/api/v1/admin/idempotency", "/api/v1/executions", "/api/v1/idempotency-record", "/console");

    private ServicePaths() {}

    /** @param path without the query; a slash at its end changes nothing */
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
