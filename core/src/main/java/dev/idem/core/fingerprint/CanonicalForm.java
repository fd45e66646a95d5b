package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Writes an HTML form's body ({@code application/x-www-form-urlencoded}) in the one way that all spellings of the same
 * fields share: decoded, and sorted by name. Fields of the same name keep their order. Stateless.
 */
final class CanonicalForm {
    private CanonicalForm() {}

    private record Field(String name, String value) {
        /** A name alone is told from a name with an empty value by the value's sign of its own. */
        static Field of(String text) {
            int sign = text.indexOf('=');
            return sign < 0
                    ? new Field(decode(text), "")
                    : new Field(decode(text.substring(0, sign)), '=' + decode(text.substring(sign + 1)));
        }

        private static String decode(String text) {
            return URLDecoder.decode(text, UTF_8);
        }
    }

    /** @return empty when something is no percent-encoding: then the body is to be compared as bytes */
    static Optional<byte[]> canonicalise(byte[] body) {
        List<Field> fields = new ArrayList<>();
        try {
            for (String text : new String(body, ISO_8859_1).split("&", -1)) {
                if (!text.isEmpty()) {
                    fields.add(Field.of(text));
                }
            }
        } catch (IllegalArgumentException noPercentEncoding) {
            return Optional.empty();
        }
        fields.sort(Comparator.comparing(Field::name));
        Parts parts = new Parts();
        for (Field field : fields) {
            parts.add(field.name().getBytes(UTF_8));
            parts.add(field.value().getBytes(UTF_8));
        }
        return Optional.of(parts.bytes());
    }
}
