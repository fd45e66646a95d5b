package dev.idem.http.key;

import dev.idem.core.fingerprint.MediaType;
import dev.idem.http.key.KeySource.JsonValue;
import dev.idem.http.key.KeySource.QueryParameter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key of a request: in the header, and where else its route's policy says. Both may be there and must be equal then.
 * Messages never quote the key. Immutable.
 */
public final class KeyReader {
    private final KeyPolicy rules;

    public KeyReader(KeyPolicy rules) {
        this.rules = rules;
    }

    /** Whether only the body tells the whole of the key. */
    public boolean readsBody() {
        return rules.from() instanceof JsonValue;
    }

    /**
     * Reads what does not need the body.
     *
     * @param header the lines of the key's header
     * @param query as sent; null for none
     * @throws MalformedKeyException if there is a key that the rules refuse, or more than one
     */
    public Optional<String> beforeBody(List<String> header, @Nullable String query) {
        Optional<String> sent = IdempotencyKeyHeader.read(header, rules);
        if (query == null || !(rules.from() instanceof QueryParameter parameter)) {
            return sent;
        }
        return same(sent, QueryKey.read(parameter.name(), query));
    }

    /**
     * Reads the rest. A body of any type may be JSON: programs send it under other types, and without one.
     *
     * @param known from {@link #beforeBody}
     * @throws MalformedKeyException if there is a key that the rules refuse, or more than one; without a known one also if a body that
     *     says that it is JSON is none, or nested too deeply
     */
    public Optional<String> withBody(Optional<String> known, @Nullable String contentType, byte[] body) {
        return rules.from() instanceof JsonValue value
                ? same(known, inBody(value, known, MediaType.of(contentType).isReadAsJson(), body))
                : known;
    }

    @SuppressWarnings("UnusedException") // its message is all there is
    private static Optional<String> inBody(JsonValue place, Optional<String> known, boolean declared, byte[] body) {
        try {
            return JsonKey.read(place.pointer(), body, declared);
        } catch (JsonKey.UnreadableException e) {
            if (known.isPresent()) {
                return Optional.empty(); // what the body is worth is for the application to say
            }
            throw new MalformedKeyException(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> same(Optional<String> header, Optional<String> elsewhere) {
        if (elsewhere.isEmpty()) {
            return header;
        }
        String key = sendable(elsewhere.get());
        if (header.isPresent() && !header.get().equals(key)) {
            throw new MalformedKeyException("The header " + rules.header() + " and the key "
                    + rules.from().place() + " are different; send one key.");
        }
        return Optional.of(rules.checked(key));
    }

    /** A key that a header can carry, too. */
    private static String sendable(String key) {
        if (key.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new MalformedKeyException("The key has a character that is not printable ASCII.");
        }
        if (key.startsWith(" ") || key.endsWith(" ")) {
            throw new MalformedKeyException(
                    "The key begins or ends with a space, which headers lose; send a key without such spaces.");
        }
        return key;
    }
}
