package dev.idem.http.key;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a key from a JSON body, in a time that grows linearly with its length. For one thread. */
final class JsonKey {
    /** A number is never made of the digits, so they may be many. Nesting keeps Jackson's bound, since each level takes memory. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonPointer whole;
    private final JsonParser parser;

    /** Whether the body has a key is unknown. The message says why, for the client. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private UnreadableException(String message) {
            super(message);
        }
    }

    private JsonKey(JsonPointer whole, JsonParser parser) {
        this.whole = whole;
        this.parser = parser;
    }

    /**
     * @param declared whether the request says that its body is JSON; another body that is none has no key
     * @return empty if there is nothing at this place, or null
     * @throws MalformedKeyException if what is there is no key
     * @throws UnreadableException if the body cannot be read
     */
    @SuppressWarnings("UnusedException") // its message would quote the body
    static Optional<String> read(JsonPointer pointer, byte[] body, boolean declared) throws UnreadableException {
        try {
            return declared || isJson(body) ? read(pointer, body) : Optional.empty();
        } catch (StreamConstraintsException e) {
            throw new UnreadableException("The body is nested too deeply for the key at " + pointer
                    + " to be read; nest it less, or send the key in the header.");
        } catch (IOException e) {
            if (!declared) {
                return Optional.empty();
            }
            throw new UnreadableException(
                    "The body is not valid JSON, so the key at " + pointer + " cannot be read; send valid JSON.");
        }
    }

    private static boolean isJson(byte[] body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            return parser.nextToken() != null && parser.skipChildren().nextToken() == null;
        }
    }

    private static Optional<String> read(JsonPointer pointer, byte[] body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            Optional<String> key = new JsonKey(pointer, parser).at(pointer);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "more than one value");
            }
            return key;
        }
    }

    /** Reads the present value to its end. */
    private Optional<String> at(JsonPointer rest) throws IOException {
        if (rest.matches()) {
            return key();
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> inObject(rest);
            case START_ARRAY -> inArray(rest);
            default -> Optional.empty();
        };
    }

    private Optional<String> inObject(JsonPointer rest) throws IOException {
        Optional<String> found = Optional.empty();
        boolean met = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            @Nullable JsonPointer next = rest.matchProperty(parser.currentName());
            parser.nextToken();
            if (next == null) {
                parser.skipChildren();
            } else if (met) {
                throw new MalformedKeyException(
                        "The body has a member on the way to " + whole + " more than once; send one key.");
            } else {
                met = true;
                found = at(next);
            }
        }
        return found;
    }

    private Optional<String> inArray(JsonPointer rest) throws IOException {
        Optional<String> found = Optional.empty();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            @Nullable JsonPointer next = rest.matchElement(i);
            if (next == null) {
                parser.skipChildren();
            } else {
                found = at(next);
            }
        }
        return found;
    }

    private Optional<String> key() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> Optional.empty();
            case VALUE_STRING -> Optional.of(parser.getText());
            case VALUE_NUMBER_INT -> Optional.of(parser.getText().equals("-0") ? "0" : parser.getText());
            default -> throw new MalformedKeyException("The key at " + whole + " must be a string or an integer.");
        };
    }
}
