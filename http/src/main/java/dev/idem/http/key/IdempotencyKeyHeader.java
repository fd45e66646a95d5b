package dev.idem.http.key;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header in both of its forms: a quoted string as in the draft ({@link StringItem}), and the bare characters that
 * most clients send. Both name the same key. Error messages never quote the key. Stateless.
 */
public final class IdempotencyKeyHeader {
    /** The header's name. */
    public static final String NAME = "Idempotency-Key";

    private static final KeyPolicy ANY_KEY = KeyPolicy.of(KeyFormat.ANY);

    private IdempotencyKeyHeader() {}

    /**
     * Reads a request's key.
     *
     * @param values the header's lines; null or empty for none
     * @param rules the accepted syntax and format
     * @return the key without quotes; empty if the request has none
     * @throws MalformedKeyException if the lines name no key, several different ones, or one that the rules refuse
     */
    public static Optional<String> read(@Nullable List<String> values, KeyPolicy rules) {
        if (values == null || values.isEmpty()) {
            return Optional.empty();
        }
        Set<String> keys = new LinkedHashSet<>();
        for (String value : values) {
            readLine(value, rules.form(), keys);
        }
        if (keys.size() > 1) {
            throw new MalformedKeyException("The request has several different keys; send one.");
        }
        String key = keys.iterator().next();
        if (key.isEmpty()) {
            throw new MalformedKeyException("The key is empty; omit the header or send a key.");
        }
        return Optional.of(rules.checked(key));
    }

    /** A request's key in any form, for a problem; null for none or a malformed one. */
    public static @Nullable String orNull(@Nullable List<String> values) {
        try {
            return read(values, ANY_KEY).orElse(null);
        } catch (MalformedKeyException notOne) {
            return null;
        }
    }

    /** A key as a header's value that {@link #read} takes for it: bare where that form can carry it, else in double quotes. */
    public static String written(String key) {
        boolean bare =
                !key.isEmpty() && !key.startsWith("\"") && key.chars().allMatch(c -> c > ' ' && c <= '~' && c != ',');
        return bare ? key : StringItem.written(key);
    }

    /** One header line: a bare key, or quoted keys with commas between them as proxies join repeated headers. */
    private static void readLine(String line, KeySyntax form, Set<String> keys) {
        String text = withoutSpacesAround(line);
        boolean isQuoted = text.startsWith("\"");
        if (isQuoted && form == KeySyntax.BARE) {
            throw new MalformedKeyException("The key is in double quotes; this route accepts keys without.");
        }
        if (!isQuoted && form == KeySyntax.QUOTED) {
            throw new MalformedKeyException("The key must be in double quotes, as a structured field's string.");
        }
        if (isQuoted) {
            readQuoted(new FieldParser(text), keys);
        } else {
            keys.add(bare(text));
        }
    }

    private static void readQuoted(FieldParser text, Set<String> keys) {
        keys.add(StringItem.read(text));
        while (text.hasMore()) {
            text.takeAll(IdempotencyKeyHeader::isSpace);
            if (!text.take(',')) {
                throw new MalformedKeyException("Something other than parameters follows the closing double quote.");
            }
            text.takeAll(IdempotencyKeyHeader::isSpace);
            keys.add(StringItem.read(text));
        }
    }

    private static String bare(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',') {
                throw new MalformedKeyException(
                        "The key has a comma, which proxies use to join repeated headers; put the key in double quotes.");
            }
            if (c <= ' ' || c > '~') {
                throw new MalformedKeyException("The key has a space or a character that is not printable ASCII.");
            }
        }
        return text;
    }

    /** As RFC 9110, section 5.5; String.strip() would also remove control characters. */
    private static String withoutSpacesAround(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isSpace(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
