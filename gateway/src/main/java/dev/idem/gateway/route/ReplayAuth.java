package dev.idem.gateway.route;

/** What a caller must show before it is told anything of an earlier request. */
public sealed interface ReplayAuth {

    /** Nothing beyond its scope. */
    record None() implements ReplayAuth {}

    /** A token that is signed and has not expired. */
    record Jwt() implements ReplayAuth {}

    /** Credentials that the upstream accepts for a {@code GET} of this path. */
    record Probe(String path) implements ReplayAuth {}
}
