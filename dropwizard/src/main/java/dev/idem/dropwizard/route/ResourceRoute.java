package dev.idem.dropwizard.route;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Optional;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.jspecify.annotations.Nullable;

/**
 * The name of a resource method for operators; one of few, so that it may label a metric.
 *
 * @param name the HTTP method and the path's template, such as {@code POST /api/v1/shares}
 * @param anonymous whether unauthenticated callers may use keys
 */
public record ResourceRoute(String name, boolean anonymous) {

    public static ResourceRoute of(String httpMethod, ResourceInfo resource, boolean anonymous) {
        String path = segment(pathOf(AnnotationLookup.ofClass(resource.getResourceClass(), Path.class)))
                + segment(pathOf(AnnotationLookup.ofMethod(resource.getResourceMethod(), Path.class)));
        return new ResourceRoute(name(httpMethod, path), anonymous);
    }

    /** Whether requests reach the methods of a class without a sub-resource locator. */
    public static boolean hasPath(Class<?> resource) {
        return AnnotationLookup.ofClass(resource, Path.class).isPresent();
    }

    /** The name of a route that sub-resource locators lead: all their templates, and the method's. */
    public static String nameOf(String httpMethod, ExtendedUriInfo uri) {
        StringBuilder path = new StringBuilder();
        uri.getMatchedTemplates().forEach(template -> path.insert(0, segment(template.getTemplate())));
        return name(httpMethod, path.toString());
    }

    /** The same for one that is known at the start. */
    public static String name(String httpMethod, String path) {
        return httpMethod + ' ' + (path.isEmpty() ? "/" : path);
    }

    private static String pathOf(Optional<Path> path) {
        return path.map(Path::value).orElse("");
    }

    /** With a leading and no trailing slash, or empty: Jersey treats paths with and without them alike. */
    static String segment(@Nullable String path) {
        String value = path == null ? "" : path;
        if (value.endsWith("/")) {
            value = value.substring(0, value.length() - 1);
        }
        return value.isEmpty() || value.startsWith("/") ? value : '/' + value;
    }
}
