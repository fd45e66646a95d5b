package dev.idem.http.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What tells the callers of requests without a key apart, beside their scope. It does not apply to requests with a key, whose
 * repeats may come with a newer session. Immutable.
 *
 * @param headers names of headers beside the default ones, in lower case
 * @param cookies names of the only cookies that count, in lower case; empty if all count
 */
public record CallerDiscriminator(List<String> headers, Optional<Set<String>> cookies) {
    /** The default headers, and all cookies. */
    public static final CallerDiscriminator USUAL = new CallerDiscriminator(List.of(), Optional.empty());

    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    /** @throws IllegalArgumentException naming the key that is wrong and what it should be */
    public CallerDiscriminator {
        headers.forEach(
                name -> require(name, "policy.fingerprint.callers.headers must be header names such as X-Session"));
        cookies.ifPresent(names -> names.forEach(
                name -> require(name, "policy.fingerprint.callers.cookies must be cookie names such as session")));
        headers = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        cookies = cookies.map(names ->
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether a cookie of this name, in any case, identifies the caller. */
    public boolean hasCookie(String name) {
        return cookies.isEmpty() || cookies.get().contains(name.toLowerCase(Locale.ROOT));
    }

    private static void require(String name, String message) {
        if (!name.matches(TOKEN)) {
            throw new IllegalArgumentException(message);
        }
    }
}
