package dev.idem.gateway.route;

/** What a caller must show before it learns anything of an earlier request. */
public sealed interface ReplayAuth {

    /** Nothing beyond its scope. */
    record None() implements ReplayAuth {}

    /** A valid access token. */
    record Jwt() implements ReplayAuth {}

    /** Credentials that the upstream accepts for a {@code GET} of this path. */
    record Probe(String path) implements ReplayAuth {}
}
