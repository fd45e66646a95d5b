package dev.idem.http.key;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Locale;

/** Where the key of a request is that has no header with it. */
public sealed interface KeySource {
    /** Nowhere: only the header has a key. */
    record Header() implements KeySource {
        @Override
        public String place() {
            return "in the header";
        }
    }

    /**
     * A value of a JSON body.
     *
     * @param pointer of RFC 6901
     */
    record JsonValue(JsonPointer pointer) implements KeySource {
        @Override
        public String place() {
            return "at " + pointer + " in a JSON body";
        }

        @Override
        public String toString() {
            return pointer.toString();
        }
    }

    /** A parameter of the query. */
    record QueryParameter(String name) implements KeySource {
        @Override
        public String place() {
            return "in the query parameter " + name;
        }

        @Override
        public String toString() {
            return QUERY + name;
        }
    }

    /** Begins the name of a query parameter. */
    String QUERY = "query:";

    /** Continues "send the key". */
    String place();

    /**
     * Reads a place of the configuration.
     *
     * @param text {@code header}, a JSON Pointer (RFC 6901), or {@code query:} and a parameter's name
     * @throws IllegalArgumentException for any other text
     */
    static KeySource of(String text) {
        if (text.toLowerCase(Locale.ROOT).equals("header")) {
            return new Header();
        }
        if (text.matches("(/([^~/]|~[01])*)+")) {
            return new JsonValue(JsonPointer.compile(text));
        }
        if (text.startsWith(QUERY) && text.length() > QUERY.length()) {
            return new QueryParameter(text.substring(QUERY.length()));
        }
        throw new IllegalArgumentException("policy.keyFrom must be header, a JSON Pointer such as /idempotency_key, or"
                + " query: and the name of a parameter such as query:request_id, not '" + text + "'");
    }
}
