package dev.idem.core.connect;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store's URL in its parts. User info is split here, because {@link URI} does so only for host names without an
 * underscore. Host names in container networks often have one.
 *
 * @param scheme lower case
 * @param hosts as written, never empty
 * @param path without its leading slash, still percent-encoded
 * @param query in order, names and values decoded
 */
public record StoreUrl(String scheme, Credentials credentials, String hosts, String path, Map<String, String> query) {

    public static StoreUrl parse(ConfigKey setting, String text) {
        URI uri = uri(setting, text);
        String authority = uri.getRawAuthority();
        if (uri.getScheme() == null || authority == null) {
            throw setting.wrong("is not a URL of the form scheme://host:port");
        }
        int at = authority.lastIndexOf('@');
        String hosts = authority.substring(at + 1);
        if (hosts.isEmpty() || hosts.startsWith(":")) {
            throw setting.wrong("names no host");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (path.contains("@")) {
            throw setting.wrong(
                    "has an @ after its first slash (a / in a user name or password must be written as %2F)");
        }
        if (uri.getRawFragment() != null) {
            throw setting.wrong("has a # (in a user name or password it must be written as %23)");
        }
        return new StoreUrl(
                uri.getScheme().toLowerCase(Locale.ROOT),
                at < 0 ? Credentials.NONE : credentials(setting, authority.substring(0, at)),
                hosts,
                path.startsWith("/") ? path.substring(1) : path,
                query(setting, uri.getRawQuery()));
    }

    // The cause is omitted: its message quotes the whole URL.
    @SuppressWarnings("UnusedException")
    private static URI uri(ConfigKey setting, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw setting.wrong("is not a URL (special characters in a user name or password must be percent-encoded,"
                    + " such as %40 for @)");
        }
    }

    private static Credentials credentials(ConfigKey setting, String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        return new Credentials(
                user.isEmpty() ? null : decode(setting, user),
                colon < 0 ? null : decode(setting, userInfo.substring(colon + 1)));
    }

    private static Map<String, String> query(ConfigKey setting, @Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            query.put(decode(setting, name), equals < 0 ? "" : decode(setting, pair.substring(equals + 1)));
        }
        return query;
    }

    /** Percent-decoding only: a plus sign is a plus sign. */
    @SuppressWarnings("UnusedException") // as above
    private static String decode(ConfigKey setting, String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw setting.wrong("has a % that is not followed by two hexadecimal digits");
        }
    }
}
