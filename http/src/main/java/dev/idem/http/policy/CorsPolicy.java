package dev.idem.http.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which scripts of other origins may send requests and read responses (Fetch standard, section 3.3).
 *
 * @param origins as browsers send them, such as {@code https://app.example}; {@code *} alone for all
 * @param credentials whether browsers may send credentials, such as cookies
 * @param exposed response headers that scripts may read, beside those about repeats
 * @param maxAge how long a browser may cache a preflight response
 */
public record CorsPolicy(Set<String> origins, boolean credentials, List<String> exposed, Duration maxAge) {
    /** Any origin. */
    public static final String ANY = "*";

    private static final String ORIGIN = "[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?";
    private static final String DEFAULT_PORT = "http://.*:80|https://.*:443";
    private static final String HEADER = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    /** @throws IllegalArgumentException naming the key that is wrong and what it should be */
    public CorsPolicy {
        origins = Set.copyOf(origins);
        exposed = List.copyOf(exposed);
        for (String origin : origins) {
            boolean isKnownForm = origin.matches(ORIGIN) && !origin.matches(DEFAULT_PORT);
            if (!isKnownForm && !(origin.equals(ANY) && origins.size() == 1)) {
                throw new IllegalArgumentException(
                        "policy.cors.origins must be origins as browsers send them, in lower case,"
                                + " without a path or a default port, such as https://app.example, or '*' alone");
            }
        }
        if (credentials && origins.contains(ANY)) {
            throw new IllegalArgumentException(
                    "policy.cors.credentials must be false if origins is '*'; name the origins that may use them");
        }
        for (String header : exposed) {
            if (!header.matches(HEADER) || header.equals(ANY)) {
                throw new IllegalArgumentException("policy.cors.exposed must be header names");
            }
        }
        if (maxAge.isNegative() || maxAge.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("policy.cors.maxAge must be from 0s to 1d, not " + maxAge);
        }
    }

    /** Whether scripts of this origin may read answers. */
    public boolean admits(String origin) {
        return origins.contains(ANY) || origins.contains(origin);
    }
}
