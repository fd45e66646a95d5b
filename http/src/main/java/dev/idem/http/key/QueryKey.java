package dev.idem.http.key;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads a key from a parameter of the query, decoded as servers decode forms: a plus is a space. Stateless. */
final class QueryKey {
    private QueryKey() {}

    /** @throws MalformedKeyException if the parameter is there more than once, or is not encoded properly */
    static Optional<String> read(String name, String query) {
        List<String> values = Arrays.stream(query.split("&", -1))
                .map(parameter -> parameter.split("=", 2))
                .filter(parameter -> decoded(parameter[0]).filter(name::equals).isPresent())
                .map(parameter -> parameter.length < 2 ? "" : parameter[1])
                .toList();
        if (values.size() > 1) {
            throw new MalformedKeyException("The query has the parameter " + name + " more than once; send one key.");
        }
        return values.stream().findFirst().map(value -> decoded(value)
                .orElseThrow(() -> new MalformedKeyException(
                        "The value of the query parameter " + name + " is not percent-encoded properly.")));
    }

    /** Empty for what is not encoded properly. */
    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }
}
