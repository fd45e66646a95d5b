package dev.idem.gateway.route;

/** Whose key it is. */
public sealed interface ScopeRule {

    /** Nobody's: all callers are one. */
    record None() implements ScopeRule {}

    /** The caller's who sends this value of a header. */
    record Header(String name) implements ScopeRule {}

    /** The caller's of whom a verified access token says this. */
    record Claim(String name) implements ScopeRule {}

    /** For operators: {@code none}, {@code header} or {@code claim}. */
    default String kind() {
        return this instanceof None ? "none" : this instanceof Header ? "header" : "claim";
    }
}
