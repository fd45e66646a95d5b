package dev.idem.core.fingerprint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an http or https URL in a canonical form, which equivalent spellings share (RFC 3986, sections 6.2.2 and
 * 6.2.3): scheme and host in lower case, no default port, no dot segments, a path, percent-encoding in upper case.
 * Drops the fragment, which no server sees. Queries stay unchanged, because their meaning depends on the site.
 */
final class CanonicalUrl {
    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

    private CanonicalUrl() {}

    /** @return the text itself if it is not such a URL */
    static String canonicalise(String text) {
        try {
            URI url = new URI(text.strip()).normalize();
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            @Nullable Integer defaultPort = DEFAULT_PORTS.get(scheme);
            return defaultPort == null || url.getHost() == null ? text : canonical(scheme, defaultPort, url);
        } catch (URISyntaxException notOne) {
            return text;
        }
    }

    private static String canonical(String scheme, int defaultPort, URI url) {
        StringBuilder out = new StringBuilder(scheme).append("://");
        if (url.getRawUserInfo() != null) {
            out.append(url.getRawUserInfo()).append('@');
        }
        out.append(url.getHost().toLowerCase(Locale.ROOT));
        if (url.getPort() >= 0 && url.getPort() != defaultPort) {
            out.append(':').append(url.getPort());
        }
        out.append(url.getRawPath().isEmpty() ? "/" : upperCaseEscapes(url.getRawPath()));
        if (url.getRawQuery() != null) {
            out.append('?').append(upperCaseEscapes(url.getRawQuery()));
        }
        return out.toString();
    }

    private static String upperCaseEscapes(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int at = out.indexOf("%"); at >= 0; at = out.indexOf("%", at + 1)) {
            for (int digit = at + 1; digit <= at + 2; digit++) {
                out.setCharAt(digit, Character.toUpperCase(out.charAt(digit)));
            }
        }
        return out.toString();
    }
}
