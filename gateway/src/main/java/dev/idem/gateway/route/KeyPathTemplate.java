package dev.idem.gateway.route;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A path into which a client's key is put, to ask an upstream about that key and about nothing else.
 *
 * @param template with {@code {key}} in it, in the path or in the query
 */
public record KeyPathTemplate(String template) {
    private static final String PLACE = "{key}";

    /**
     * The path and query for a key, percent-encoded; empty if the key, however a server reads it, is not the name of one thing: it
     * has slashes, is a dot segment (RFC 3986, section 3.3), or leaves nothing when it is decoded.
     */
    public Optional<String> of(String key) {
        String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
        if (pathOf(template).contains(PLACE) && !isOneSegment(encoded)) {
            return Optional.empty();
        }
        return Optional.of(template.replace(PLACE, encoded));
    }

    /** Whether there is such a path. */
    public boolean takes(String key) {
        return of(key).isPresent();
    }

    private boolean isOneSegment(String encoded) {
        String name = new RoutePath(encoded).canonical();
        return !name.isEmpty()
                && name.indexOf('/') < 0
                && !new RoutePath(pathOf(template).replace(PLACE, encoded)).hasDotSegment();
    }

    private static String pathOf(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
