package dev.idem.http.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.idem.core.fingerprint.ContentRule;
import dev.idem.core.fingerprint.FingerprintRules;
import dev.idem.http.policy.CallerDiscriminator;
import dev.idem.http.policy.FingerprintPolicy;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of {@code policy.fingerprint}: how requests are compared. Null means that a key is absent.
 *
 * @param enabled whether requests without a key are compared
 * @param window how long after the first request an equal one is a repeat
 * @param ignore the parts of a JSON body that are not compared, with a key or without
 * @param headers headers that are compared in addition
 * @param adaptive lets the window grow with each caller's own repeats
 * @param content one field that identifies a request on its own
 * @param callers what tells the callers of requests without a key apart
 */
public record FingerprintConfiguration(
        @Nullable Boolean enabled,
        @Nullable Duration window,
        @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<String> ignore,
        @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<String> headers,
        @Nullable Adaptive adaptive,
        @Nullable Content content,
        @Nullable Callers callers) {

    /** @param ceiling the longest window; default 5 s */
    public record Adaptive(@Nullable Duration ceiling) {
        private static final java.time.Duration LONGEST = java.time.Duration.ofSeconds(5);

        private java.time.Duration ceilingOrDefault() {
            return ceiling == null ? LONGEST : ceiling.toJavaDuration();
        }
    }

    /**
     * One field that identifies a request on its own.
     *
     * @param field a JSON Pointer
     * @param kind {@code text}, or {@code url}, which is normalised first
     * @param window how long after the first request an equal one is a repeat; default 60 s
     */
    public record Content(
            String field,
            @JsonProperty("as") ContentRule.@Nullable Kind kind,
            @Nullable Duration window) {
        private static final java.time.Duration MINUTE = java.time.Duration.ofSeconds(60);

        /** @throws IllegalArgumentException if the field is absent */
        public Content {
            if (field == null) {
                throw new IllegalArgumentException(
                        "policy.fingerprint.content.field must be a JSON Pointer such as /url");
            }
        }

        private ContentRule rule() {
            return new ContentRule(
                    field,
                    kind == null ? ContentRule.Kind.TEXT : kind,
                    window == null ? MINUTE : window.toJavaDuration());
        }
    }

    /**
     * What tells the callers of requests without a key apart.
     *
     * @param headers headers beside the default ones
     * @param cookies the only cookies that count; default all
     */
    public record Callers(
            @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<String> headers,
            @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<String> cookies) {

        private CallerDiscriminator over(CallerDiscriminator base) {
            return new CallerDiscriminator(
                    headers == null ? base.headers() : headers,
                    cookies == null ? base.cookies() : Optional.of(Set.copyOf(cookies)));
        }
    }

    /** This configuration over an inherited policy. */
    FingerprintPolicy over(FingerprintPolicy base) {
        FingerprintRules rules = new FingerprintRules(
                ignore == null ? base.rules().ignored() : ignore,
                headers == null ? base.rules().headers() : headers);
        if (Boolean.FALSE.equals(enabled)) {
            return new FingerprintPolicy(
                    rules, Optional.empty(), Optional.empty(), Optional.empty(), marks(base), false);
        }
        return new FingerprintPolicy(
                rules,
                window == null ? switchedOn(base) : Optional.of(window.toJavaDuration()),
                adaptive == null ? base.ceiling() : Optional.of(adaptive.ceilingOrDefault()),
                content == null ? base.content() : Optional.of(content.rule()),
                marks(base),
                base.strangers() || isAboutRequestsWithoutAKey());
    }

    private CallerDiscriminator marks(FingerprintPolicy base) {
        return callers == null ? base.callers() : callers.over(base.callers());
    }

    private boolean isAboutRequestsWithoutAKey() {
        return Boolean.TRUE.equals(enabled) || window != null || adaptive != null || content != null || callers != null;
    }

    private Optional<java.time.Duration> switchedOn(FingerprintPolicy base) {
        return Boolean.TRUE.equals(enabled) ? base.window().or(FingerprintPolicy.DEFAULT::window) : base.window();
    }
}
