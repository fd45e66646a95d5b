package dev.idem.gateway.route;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path as it was sent, and as a lenient upstream may read it. Requests are matched by both, so that another spelling
 * never reaches another route's upstream or bypasses the rules.
 *
 * @param raw byte for byte, without the query
 */
public record RoutePath(String raw) {
    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
    private static final Pattern SLASHES = Pattern.compile("[/\\\\]+");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?:^|/)\\.\\.?(?:/|$)");

    /** Without percent-encoding, path parameters and empty segments, and with slashes for backslashes. */
    public String canonical() {
        String decoded = isPlain() ? raw : decoded(raw);
        return SLASHES.matcher(PARAMETERS.matcher(decoded).replaceAll("")).replaceAll("/");
    }

    /** Whether a segment is {@code .} or {@code ..}, in any spelling. */
    public boolean hasDotSegment() {
        boolean mayHaveDots = raw.indexOf('.') >= 0 || raw.indexOf('%') >= 0;
        return mayHaveDots && DOT_SEGMENT.matcher(canonical()).find();
    }

    /** Whether both readings are the same. */
    public boolean isPlain() {
        return raw.chars().noneMatch(c -> c == '%' || c == ';' || c == '\\') && !raw.contains("//");
    }

    /** Decoded twice, as chains of servers do; only ASCII matters for a prefix. */
    private static String decoded(String path) {
        return decodedOnce(decodedOnce(path));
    }

    private static String decodedOnce(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            @Nullable Integer octet = path.charAt(i) == '%' ? octetAt(path, i + 1) : null;
            if (octet != null) {
                decoded.append((char) octet.intValue());
                i += 2;
            } else {
                decoded.append(path.charAt(i));
            }
        }
        return decoded.toString();
    }

    private static @Nullable Integer octetAt(String path, int at) {
        if (at + 2 > path.length()) {
            return null;
        }
        int high = Character.digit(path.charAt(at), 16);
        int low = Character.digit(path.charAt(at + 1), 16);
        return high < 0 || low < 0 ? null : high * 16 + low;
    }
}
