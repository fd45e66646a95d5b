package dev.idem.core.fingerprint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON text in the one way that all spellings of the same value share: members sorted by name, no white space,
 * escapes resolved, numbers by value. Unlike RFC 8785 numbers keep their full precision: there, 9007199254740993 and
 * 9007199254740992 become the same double, and two orders one.
 *
 * <p>Members of the same name keep their order, since what they mean is the reader's choice. Thread-safe.
 */
public final class CanonicalJson {
    private static final int MAX_DEPTH = 256;
    private static final HexFormat HEX = HexFormat.of();
    private static final Comparator<Member> BY_NAME = Comparator.comparing(Member::name);

    private final JsonFactory json = new JsonFactory();
    private final List<JsonPointer> ignored;

    /** @param ignored what is left out, wherever it is */
    public CanonicalJson(List<JsonPointer> ignored) {
        this.ignored = List.copyOf(ignored);
    }

    /**
     * @param body JSON in UTF-8, UTF-16 or UTF-32 (RFC 4627, section 3, detects which)
     * @return the canonical text, or empty when the body is not JSON, is nested more than {@value #MAX_DEPTH} deep, or
     *     has numbers or strings beyond Jackson's limits: then it is to be compared as bytes
     */
    public Optional<byte[]> canonicalise(byte[] body) {
        StringBuilder out = new StringBuilder(body.length);
        try (JsonParser parser = json.createParser(body)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            if (!writeValue(parser, out, 0, ignored) || parser.nextToken() != null) {
                return Optional.empty();
            }
        } catch (IOException | ArithmeticException | NumberFormatException notJson) {
            return Optional.empty();
        }
        return Optional.of(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** @return false when the value is nested too deep */
    private static boolean writeValue(JsonParser parser, StringBuilder out, int depth, List<JsonPointer> ignored)
            throws IOException {
        if (depth > MAX_DEPTH) {
            return false;
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> writeObject(parser, out, depth, ignored);
            case START_ARRAY -> writeArray(parser, out, depth, ignored);
            case VALUE_STRING -> writeString(parser.getText(), out);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> writeNumber(parser.getText(), out);
            default -> writeLiteral(parser.getText(), out);
        };
    }

    private static boolean writeObject(JsonParser parser, StringBuilder out, int depth, List<JsonPointer> ignored)
            throws IOException {
        out.append('{');
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            List<JsonPointer> ignoredThere = inside(ignored, pointer -> pointer.matchProperty(name));
            if (ignoredThere.stream().anyMatch(JsonPointer::matches)) {
                parser.skipChildren();
                continue;
            }
            int begin = out.length();
            writeString(name, out);
            out.append(':');
            if (!writeValue(parser, out, depth + 1, ignoredThere)) {
                return false;
            }
            out.append(',');
            members.add(new Member(name, begin, out.length()));
        }
        if (!members.isEmpty()) {
            sort(members, out);
            out.setLength(out.length() - 1);
        }
        out.append('}');
        return true;
    }

    /** Puts what was written of the members in the order of their names; copies nothing if it is in order already. */
    private static void sort(List<Member> members, StringBuilder out) {
        boolean inOrder = IntStream.range(1, members.size())
                .allMatch(i -> BY_NAME.compare(members.get(i - 1), members.get(i)) <= 0);
        if (inOrder) {
            return;
        }
        int begin = members.get(0).begin();
        String written = out.substring(begin);
        out.setLength(begin);
        members.sort(BY_NAME);
        members.forEach(member -> out.append(written, member.begin() - begin, member.end() - begin));
    }

    private static boolean writeArray(JsonParser parser, StringBuilder out, int depth, List<JsonPointer> ignored)
            throws IOException {
        out.append('[');
        String separator = "";
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            int index = i;
            List<JsonPointer> ignoredThere = inside(ignored, pointer -> pointer.matchElement(index));
            if (ignoredThere.stream().anyMatch(JsonPointer::matches)) {
                parser.skipChildren();
                continue;
            }
            out.append(separator);
            if (!writeValue(parser, out, depth + 1, ignoredThere)) {
                return false;
            }
            separator = ",";
        }
        out.append(']');
        return true;
    }

    private static List<JsonPointer> inside(List<JsonPointer> ignored, UnaryOperator<@Nullable JsonPointer> step) {
        return ignored.isEmpty()
                ? ignored
                : ignored.stream().map(step).filter(Objects::nonNull).toList();
    }

    /** A number by value: 1, 1.0 and 1e0 are one number, however many digits it has. */
    private static boolean writeNumber(String digits, StringBuilder out) {
        BigDecimal number = new BigDecimal(digits);
        if (number.signum() == 0) {
            out.append('0');
            return true;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        out.append(stripped.unscaledValue()).append('e').append(-(long) stripped.scale());
        return true;
    }

    /** True, false and null. */
    private static boolean writeLiteral(String literal, StringBuilder out) {
        out.append(literal);
        return true;
    }

    private static boolean writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                // Escaped, so that a lone surrogate stays itself and does not become UTF-8's "?".
                out.append("\\u").append(HEX.toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
        return true;
    }

    /** Where in the text a member is written, with the comma after it. */
    private record Member(String name, int begin, int end) {}
}
