package dev.idem.gateway.route;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A path that contains a client's key, to ask an upstream about that key alone.
 *
 * @param template with {@code {key}} in the path or the query
 */
public record KeyPathTemplate(String template) {
    private static final String PLACE = "{key}";

    /**
     * The path and query for a key, percent-encoded. Empty if any server could read the key as something else than one
     * name: it has slashes, is a dot segment (RFC 3986, section 3.3), or is empty when decoded.
     */
    public Optional<String> of(String key) {
        String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
        if (pathOf(template).contains(PLACE) && !isOneSegment(encoded)) {
            return Optional.empty();
        }
        return Optional.of(template.replace(PLACE, encoded));
    }

    /** Whether there is a path for this key. */
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
