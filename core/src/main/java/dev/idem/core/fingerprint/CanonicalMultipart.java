package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a multipart body (RFC 2046, section 5.1) without its boundary, which a client chooses anew for each request.
 * Parts keep their order, headers and bytes. Text before the first part and after the last part is left out. Stateless.
 */
final class CanonicalMultipart {
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final String LINE_END = "\r\n";

    private CanonicalMultipart() {}

    /** @return empty if the body does not match its type; the caller then compares it as bytes, with its boundary */
    static Optional<byte[]> canonicalise(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            return Optional.empty();
        }
        String delimiter = LINE_END + "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        return withoutDelimiters(LINE_END + new String(body, ISO_8859_1), delimiter);
    }

    private static Optional<byte[]> withoutDelimiters(String text, String delimiter) {
        LengthPrefixedEncoder parts = new LengthPrefixedEncoder();
        int at = text.indexOf(delimiter);
        while (at >= 0) {
            int rest = at + delimiter.length();
            if (text.startsWith("--", rest)) {
                return Optional.of(parts.bytes());
            }
            int lineEnd = text.indexOf(LINE_END, rest);
            if (lineEnd < 0 || !text.substring(rest, lineEnd).isBlank()) {
                return Optional.empty();
            }
            at = text.indexOf(delimiter, lineEnd);
            if (at >= 0) {
                parts.add(text.substring(Math.min(lineEnd + LINE_END.length(), at), at)
                        .getBytes(ISO_8859_1));
            }
        }
        return Optional.empty();
    }
}
