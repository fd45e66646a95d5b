package dev.idem.dropwizard.route;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Optional;

/**
 * The name of a resource method for operators; one of few, so that it may label a metric.
 *
 * @param name the HTTP method and the path's template, such as {@code POST /api/v1/shares}
 * @param anonymous whether unauthenticated callers may use keys
 */
public record ResourceRoute(String name, boolean anonymous) {

    public static ResourceRoute of(String httpMethod, ResourceInfo resource, boolean anonymous) {
        String path = segment(AnnotationLookup.ofClass(resource.getResourceClass(), Path.class))
                + segment(AnnotationLookup.ofMethod(resource.getResourceMethod(), Path.class));
        return new ResourceRoute(httpMethod + ' ' + (path.isEmpty() ? "/" : path), anonymous);
    }

    /** With a leading and no trailing slash, or empty: Jersey treats paths with and without them alike. */
    private static String segment(Optional<Path> path) {
        String value = path.map(Path::value).orElse("");
        if (value.endsWith("/")) {
            value = value.substring(0, value.length() - 1);
        }
        return value.isEmpty() || value.startsWith("/") ? value : '/' + value;
    }
}
