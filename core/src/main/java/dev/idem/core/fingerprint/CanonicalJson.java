package dev.idem.core.fingerprint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.idem.core.fingerprint.CanonicalValue.Elements;
import dev.idem.core.fingerprint.CanonicalValue.Member;
import dev.idem.core.fingerprint.CanonicalValue.Members;
import dev.idem.core.fingerprint.CanonicalValue.Text;
import dev.idem.core.fingerprint.CanonicalValue.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON text in the one way that all spellings of the same value share: members sorted by name, no white space,
 * escapes resolved, numbers by value. Unlike RFC 8785 numbers keep their full precision: there, 9007199254740993 and
 * 9007199254740992 become the same double, and two orders one.
 *
 * <p>Members of the same name keep their order, since what they mean is the reader's choice. Takes time and memory in
 * proportion to the text's length. Thread-safe.
 */
public final class CanonicalJson {
    private static final int MAX_DEPTH = 256;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
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
            CanonicalValue value = read(parser, ignored);
            if (parser.nextToken() != null) {
                return Optional.empty();
            }
            value.writeTo(out);
        } catch (IOException | ArithmeticException | NumberFormatException notJson) {
            return Optional.empty();
        }
        return Optional.of(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static CanonicalValue read(JsonParser parser, List<JsonPointer> ignored) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readMembers(parser, ignored);
            case START_ARRAY -> readElements(parser, ignored);
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Token(CanonicalNumber.of(parser.getText()));
            default -> new Token(parser.getText());
        };
    }

    private static Members readMembers(JsonParser parser, List<JsonPointer> ignored) throws IOException {
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            List<JsonPointer> ignoredThere =
                    ignored.isEmpty() ? ignored : inside(ignored, pointer -> pointer.matchProperty(name));
            if (isWhole(ignoredThere)) {
                parser.skipChildren();
            } else {
                members.add(new Member(new Text(name), read(parser, ignoredThere)));
            }
        }
        return new Members(members);
    }

    private static Elements readElements(JsonParser parser, List<JsonPointer> ignored) throws IOException {
        List<CanonicalValue> values = new ArrayList<>();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            int index = i;
            List<JsonPointer> ignoredThere =
                    ignored.isEmpty() ? ignored : inside(ignored, pointer -> pointer.matchElement(index));
            if (isWhole(ignoredThere)) {
                parser.skipChildren();
            } else {
                values.add(read(parser, ignoredThere));
            }
        }
        return new Elements(values);
    }

    private static List<JsonPointer> inside(List<JsonPointer> ignored, UnaryOperator<@Nullable JsonPointer> step) {
        return ignored.stream().map(step).filter(Objects::nonNull).toList();
    }

    /** Whether the value that has been reached is ignored itself. Without a stream: it is asked of each value there is. */
    private static boolean isWhole(List<JsonPointer> ignored) {
        for (int i = 0; i < ignored.size(); i++) {
            if (ignored.get(i).matches()) {
                return true;
            }
        }
        return false;
    }
}
