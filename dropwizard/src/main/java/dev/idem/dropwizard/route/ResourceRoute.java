package dev.idem.dropwizard.route;

import org.glassfish.jersey.server.ExtendedUriInfo;
import org.jspecify.annotations.Nullable;

/**
 * Names resource methods for operators by HTTP method and template of the path, such as {@code POST /api/v1/shares}: one of few, so
 * that a name may label a metric.
 */
public final class ResourceRoute {
    private ResourceRoute() {}

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

    /** With a leading and no trailing slash, or empty: Jersey treats paths with and without them alike. */
    static String segment(@Nullable String path) {
        String value = path == null ? "" : path;
        if (value.endsWith("/")) {
            value = value.substring(0, value.length() - 1);
        }
        return value.isEmpty() || value.startsWith("/") ? value : '/' + value;
    }
}
