package dev.idem.core.fingerprint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One field of a JSON body that alone identifies a request without a key, such as the shared URL. For a long window,
 * requests with the same value in this field are its repeats, whatever their other fields contain.
 *
 * @param field a JSON Pointer (RFC 6901) to a string
 * @param kind how two values are compared
 * @param window how long after the first request an equal one counts as its repeat
 */
public record ContentRule(String field, Kind kind, Duration window) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration SHORTEST = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofHours(24);

    /** The type of a field's values. */
    public enum Kind {
        /** Characters. */
        TEXT,
        /** URLs, which may have several spellings. */
        URL
    }

    /** @throws IllegalArgumentException naming the invalid key and what is allowed */
    public ContentRule {
        if (!field.startsWith("/")) {
            throw new IllegalArgumentException("policy.fingerprint.content.field must be a JSON Pointer such as /url");
        }
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "policy.fingerprint.content.window must be from 60s to 24h, not " + window);
        }
    }

    /** The field's value in canonical form; empty if the body has no such string. */
    Optional<String> valueIn(byte[] body) {
        JsonPointerBasedFilter atField = new JsonPointerBasedFilter(JsonPointer.compile(field));
        try (JsonParser parser =
                new FilteringParserDelegate(JSON.createParser(body), atField, Inclusion.ONLY_INCLUDE_ALL, true)) {
            Optional<String> value =
                    parser.nextToken() == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
            while (parser.nextToken() != null) {
                // Reads to the end: a body that is not valid JSON as a whole has no fields.
            }
            return value.map(this::canonical);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private String canonical(String value) {
        return kind == Kind.URL ? CanonicalUrl.canonicalise(value) : value;
    }
}
