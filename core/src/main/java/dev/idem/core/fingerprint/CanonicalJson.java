package dev.idem.core.fingerprint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON text in a canonical form, which all spellings of the same value share: members sorted by name, no white
 * space, escapes resolved, numbers by value. Unlike RFC 8785 numbers keep their full precision: there, 9007199254740993
 * and 9007199254740992 become the same double, so that two orders would become one.
 *
 * <p>Members of the same name keep their order, since readers differ in what they mean. Time and memory grow linearly
 * with the text's length. Thread-safe.
 */
public final class CanonicalJson {
    private static final int MAX_DEPTH = 256;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    private final List<JsonPointer> ignored;

    /** @param ignored the values that are left out, at any position */
    public CanonicalJson(List<JsonPointer> ignored) {
        this.ignored = List.copyOf(ignored);
    }

    /**
     * @param body JSON in UTF-8, UTF-16 or UTF-32 (RFC 4627, section 3, detects which)
     * @return the canonical text, or empty when the body is not JSON, is nested more than {@value #MAX_DEPTH} deep, or
     *     has numbers or strings beyond Jackson's limits. The caller then compares it as bytes
     */
    public Optional<byte[]> canonicalise(byte[] body) {
        CanonicalText text = new CanonicalText(body.length);
        try (JsonParser parser = json.createParser(body)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            write(parser, ignored, text);
            if (parser.nextToken() != null) {
                return Optional.empty();
            }
        } catch (IOException | ArithmeticException | NumberFormatException notJson) {
            return Optional.empty();
        }
        return Optional.of(text.toBytes());
    }

    private static void write(JsonParser parser, List<JsonPointer> ignored, CanonicalText text) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> writeMembers(parser, ignored, text);
            case START_ARRAY -> writeElements(parser, ignored, text);
            case VALUE_STRING ->
                text.string(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> writeNumber(parser, text);
            default -> text.ascii(parser.getText());
        }
    }

    private static void writeNumber(JsonParser parser, CanonicalText text) throws IOException {
        char[] units = parser.getTextCharacters();
        int begin = parser.getTextOffset();
        CanonicalNumber.write(units, begin, begin + parser.getTextLength(), text);
    }

    private static void writeMembers(JsonParser parser, List<JsonPointer> ignored, CanonicalText text)
            throws IOException {
        CanonicalText.Members members = text.members();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            List<JsonPointer> ignoredThere =
                    ignored.isEmpty() ? ignored : inside(ignored, pointer -> pointer.matchProperty(name));
            if (isWhole(ignoredThere)) {
                parser.skipChildren();
            } else {
                members.begin(name);
                write(parser, ignoredThere, text);
                members.end();
            }
        }
        members.endAll();
    }

    private static void writeElements(JsonParser parser, List<JsonPointer> ignored, CanonicalText text)
            throws IOException {
        char before = '[';
        boolean empty = true;
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            int index = i;
            List<JsonPointer> ignoredThere =
                    ignored.isEmpty() ? ignored : inside(ignored, pointer -> pointer.matchElement(index));
            if (isWhole(ignoredThere)) {
                parser.skipChildren();
            } else {
                text.ascii(before);
                write(parser, ignoredThere, text);
                before = ',';
                empty = false;
            }
        }
        text.ascii(empty ? "[]" : "]");
    }

    private static List<JsonPointer> inside(List<JsonPointer> ignored, UnaryOperator<@Nullable JsonPointer> step) {
        return ignored.stream().map(step).filter(Objects::nonNull).toList();
    }

    /** Whether the present value itself is ignored. Uses no stream, since it runs for each value. */
    private static boolean isWhole(List<JsonPointer> ignored) {
        for (int i = 0; i < ignored.size(); i++) {
            if (ignored.get(i).matches()) {
                return true;
            }
        }
        return false;
    }
}
