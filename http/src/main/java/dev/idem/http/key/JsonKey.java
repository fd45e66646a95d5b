package dev.idem.http.key;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a key from a JSON body, in a time that grows linearly with its length. For one thread. */
final class JsonKey {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonPointer whole;
    private final JsonParser parser;

    private JsonKey(JsonPointer whole, JsonParser parser) {
        this.whole = whole;
        this.parser = parser;
    }

    /**
     * @param declared whether the request says that its body is JSON; another body that is none has no key
     * @return empty if there is nothing at this place, or null
     * @throws MalformedKeyException if what is there is no key, or if the body is not JSON
     */
    @SuppressWarnings("UnusedException") // its message would quote the body
    static Optional<String> read(JsonPointer pointer, byte[] body, boolean declared) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            Optional<String> key = new JsonKey(pointer, parser).at(pointer);
            return parser.nextToken() == null ? key : notJson(pointer, declared);
        } catch (IOException e) {
            return notJson(pointer, declared);
        }
    }

    private static Optional<String> notJson(JsonPointer pointer, boolean declared) {
        if (declared) {
            throw new MalformedKeyException(
                    "The body is not valid JSON, so the key at " + pointer + " cannot be read; send valid JSON.");
        }
        return Optional.empty();
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
