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
 * One field of a JSON body that says by itself what a request without a key wants, such as the URL that is shared: for a
 * long window others that say the same there are its repeats, whatever else they say.
 *
 * @param field a JSON Pointer (RFC 6901) to a string
 * @param kind how two values are compared
 * @param window how long after the first request another counts as its repeat
 */
public record ContentRule(String field, Kind kind, Duration window) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration SHORTEST = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofHours(24);

    /** What a field's values are. */
    public enum Kind {
        /** Characters. */
        TEXT,
        /** URLs, which may be spelled in several ways. */
        URL
    }

    /** @throws IllegalArgumentException naming the key that is wrong and what it should be */
    public ContentRule {
        if (!field.startsWith("/")) {
            throw new IllegalArgumentException("policy.fingerprint.content.field must be a JSON Pointer such as /url");
        }
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "policy.fingerprint.content.window must be from 60s to 24h, not " + window);
        }
    }

    /** What the field says, in the one way that all spellings share; empty if the body has no such string. */
    Optional<String> valueIn(byte[] body) {
        JsonPointerBasedFilter atField = new JsonPointerBasedFilter(JsonPointer.compile(field));
        try (JsonParser parser =
                new FilteringParserDelegate(JSON.createParser(body), atField, Inclusion.ONLY_INCLUDE_ALL, true)) {
            Optional<String> value =
                    parser.nextToken() == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
            while (parser.nextToken() != null) {
                // To the end: what is no JSON as a whole has no fields.
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
