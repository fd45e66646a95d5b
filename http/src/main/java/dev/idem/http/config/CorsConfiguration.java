package dev.idem.http.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.idem.http.policy.CorsPolicy;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of {@code policy.cors}; {@link CorsPolicy} says what each key means.
 *
 * @param origins an empty list removes the inherited policy
 */
public record CorsConfiguration(
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonSetter(contentNulls = Nulls.FAIL)
        @Nullable
        List<String> origins,

        @Nullable Boolean credentials,
        @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<String> exposed,
        @Nullable Duration maxAge) {
    private static final java.time.Duration USUAL_AGE = java.time.Duration.ofMinutes(10);

    /** @throws IllegalArgumentException naming the key that is wrong and what it should be */
    public CorsConfiguration {
        if (origins == null) {
            throw new IllegalArgumentException(
                    "policy.cors.origins must name the origins that may read answers, such as [https://app.example]; [] for none");
        }
        origins = List.copyOf(origins);
        CorsPolicy unused = read(origins, credentials, exposed, maxAge); // validates
    }

    /** Empty if responses carry no CORS headers. */
    Optional<CorsPolicy> settings() {
        List<String> known = origins == null ? List.of() : origins;
        return known.isEmpty() ? Optional.empty() : Optional.of(read(known, credentials, exposed, maxAge));
    }

    private static CorsPolicy read(
            List<String> origins,
            @Nullable Boolean credentials,
            @Nullable List<String> exposed,
            @Nullable Duration maxAge) {
        return new CorsPolicy(
                Set.copyOf(origins),
                Boolean.TRUE.equals(credentials),
                exposed == null ? List.of() : exposed,
                maxAge == null ? USUAL_AGE : maxAge.toJavaDuration());
    }
}
