package dev.idem.gateway.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.gateway.route.ScopeRule;

/** A route's {@code scope}, as configured: {@code none}, the name of a header, or {@code { jwtClaim: sub }}. */
public record ScopeConfiguration(ScopeRule rule) {

    /** @throws IllegalArgumentException saying what it should be */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ScopeConfiguration of(JsonNode written) {
        if (written.isTextual()) {
            String word = written.textValue();
            return new ScopeConfiguration(
                    word.equalsIgnoreCase("none")
                            ? new ScopeRule.None()
                            : new ScopeRule.Header(RouteConfiguration.header("scope", word)));
        }
        if (written.isObject()
                && written.size() == 1
                && written.path("jwtClaim").isTextual()) {
            return new ScopeConfiguration(
                    new ScopeRule.Claim(written.get("jwtClaim").textValue()));
        }
        throw new IllegalArgumentException("scope must be none, the name of a header, or { jwtClaim: sub }");
    }
}
