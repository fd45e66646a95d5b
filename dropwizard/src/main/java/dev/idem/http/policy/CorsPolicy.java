package dev.idem.http.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which scripts of other origins may ask, and read what is answered (Fetch standard, section 3.3).
 *
 * @param origins as browsers write them, such as {@code https://app.example}; {@code *} alone for all
 * @param credentials whether a browser may send what it keeps for this origin, such as cookies
 * @param exposed headers of answers that scripts may read, beside those that say something of repeats
 * @param maxAge for how long a browser may go by the answer to a preflight
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
                        "policy.cors.origins must be origins as browsers send them, in small letters,"
                                + " without a path and a default port, such as https://app.example, or '*' alone");
            }
        }
        if (credentials && origins.contains(ANY)) {
            throw new IllegalArgumentException(
                    "policy.cors.credentials must be false where origins is '*'; name the origins that may use them");
        }
        for (String header : exposed) {
            if (!header.matches(HEADER) || header.equals(ANY)) {
                throw new IllegalArgumentException("policy.cors.exposed must be names of headers");
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
