package dev.idem.http.key;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Which keys a route accepts, beyond the 1 to 255 printable characters that every key has. Immutable.
 *
 * @param description continues "the key must be"
 * @param test of a whole key. Patterns run in time linear in its length, since strangers choose the keys (Cox, "Regular
 *     Expression Matching Can Be Simple And Fast", 2007)
 */
public record KeyFormat(String description, Predicate<String> test) {
    /** A UUID in its usual notation, upper or lower case (RFC 9562, section 4). */
    public static final KeyFormat UUID =
            new KeyFormat("a UUID such as 8e03978e-40d5-43dd-bc93-6894a57f9324", KeyFormat::isUuid);

    /** Anything. */
    public static final KeyFormat ANY = new KeyFormat("1 to 255 printable characters", key -> true);

    private static final String UUID_SHAPE = "########-####-####-####-############";

    /**
     * Reads a format of the configuration.
     *
     * @param text {@code uuid}, {@code any}, or a regular expression in RE2's syntax that begins with {@code ^} and ends
     *     with {@code $}
     * @throws IllegalArgumentException for any other text
     */
    public static KeyFormat of(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.equals("uuid")) {
            return UUID;
        }
        if (word.equals("any")) {
            return ANY;
        }
        if (!text.startsWith("^") || !text.endsWith("$")) {
            throw new IllegalArgumentException(
                    "policy.keyFormat must be uuid, any, or a regular expression from ^ to $, not " + text);
        }
        try {
            return new KeyFormat(
                    "1 to 255 printable characters that match " + text, new Matching(Pattern.compile(text)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "policy.keyFormat must be a regular expression in RE2's syntax: " + e.getDescription(), e);
        }
    }

    public boolean accepts(String key) {
        return test.test(key);
    }

    /** A record, so that formats with equal patterns are equal. */
    private record Matching(Pattern pattern) implements Predicate<String> {
        @Override
        public boolean test(String key) {
            return pattern.matches(key);
        }
    }

    /** Written by hand, since nearly every request needs it. */
    private static boolean isUuid(String key) {
        if (key.length() != UUID_SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (UUID_SHAPE.charAt(i) == '-' ? c != '-' : !HexFormat.isHexDigit(c)) {
                return false;
            }
        }
        return true;
    }
}
