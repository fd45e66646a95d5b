package dev.idem.dropwizard.filter;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Optional;

/**
 * A resource method as operators know it; one of few, so that it may label a metric.
 *
 * @param name the HTTP method and the path's template, such as {@code POST /api/v1/shares}
 * @param anonymous whether callers without a name may use keys
 */
record ResourceRoute(String name, boolean anonymous) {

    static ResourceRoute of(String httpMethod, ResourceInfo resource, boolean anonymous) {
        String path = segment(AnnotationLookup.ofClass(resource.getResourceClass(), Path.class))
                + segment(AnnotationLookup.ofMethod(resource.getResourceMethod(), Path.class));
        return new ResourceRoute(httpMethod + ' ' + (path.isEmpty() ? "/" : path), anonymous);
    }

    /** With a slash before it and none behind it, or empty: Jersey takes paths with and without them for the same. */
    private static String segment(Optional<Path> path) {
        String value = path.map(Path::value).orElse("");
        if (value.endsWith("/")) {
            value = value.substring(0, value.length() - 1);
        }
        return value.isEmpty() || value.startsWith("/") ? value : '/' + value;
    }
}
