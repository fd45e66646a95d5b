package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Writes an HTML form's body ({@code application/x-www-form-urlencoded}) in a canonical form, which all spellings of
 * the same fields share: decoded, and sorted by name. Fields of the same name keep their order. They are compared as
 * bytes: not all forms are in UTF-8, and invalid bytes would all become the same replacement character. Stateless.
 */
final class CanonicalForm {
    private CanonicalForm() {}

    private record Field(String name, String value) {
        /** The separate mark for a value distinguishes a name alone from a name with an empty value. */
        static Field of(String text) {
            int sign = text.indexOf('=');
            return sign < 0
                    ? new Field(decode(text), "")
                    : new Field(decode(text.substring(0, sign)), '=' + decode(text.substring(sign + 1)));
        }

        private static String decode(String text) {
            if (text.indexOf('%') < 0) {
                return text.replace('+', ' ');
            }
            StringBuilder bytes = new StringBuilder(text.length());
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '%') {
                    bytes.append(escaped(text, i + 1));
                    i += 2;
                } else {
                    bytes.append(c == '+' ? ' ' : c);
                }
            }
            return bytes.toString();
        }

        private static char escaped(String text, int at) {
            if (at + 2 > text.length()) {
                throw new IllegalArgumentException("an escape is cut short");
            }
            return (char) HexFormat.fromHexDigits(text, at, at + 2);
        }
    }

    /** @return empty if an escape is invalid; the caller then compares the body as bytes */
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
        LengthPrefixedEncoder parts = new LengthPrefixedEncoder();
        for (Field field : fields) {
            parts.add(field.name().getBytes(ISO_8859_1));
            parts.add(field.value().getBytes(ISO_8859_1));
        }
        return Optional.of(parts.bytes());
    }
}
