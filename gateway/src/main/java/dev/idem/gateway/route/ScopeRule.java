package dev.idem.gateway.route;

/** How a key's scope is found. */
public sealed interface ScopeRule {

    /** All callers share one scope. */
    record None() implements ScopeRule {}

    /** The value of this header. */
    record Header(String name) implements ScopeRule {}

    /** The value of this claim in a valid access token. */
    record Claim(String name) implements ScopeRule {}

    /** As operators see it: {@code none}, {@code header} or {@code claim}. */
    default String kind() {
        return this instanceof None ? "none" : this instanceof Header ? "header" : "claim";
    }
}
