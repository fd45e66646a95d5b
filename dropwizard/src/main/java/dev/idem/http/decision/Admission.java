package dev.idem.http.decision;

import dev.idem.core.record.Scope;
import java.util.Optional;

/** What can be said of a request before its body is there. */
public sealed interface Admission {

    /** All that there is to say. */
    record Decided(Decision decision) implements Admission {}

    /**
     * The rest depends on the body.
     *
     * @param key the client's, if it sent one
     * @param scope whose it is; empty for a caller that nobody knows
     * @param shadow whether the request executes whatever is decided
     */
    record NeedsBody(Optional<String> key, Optional<Scope> scope, boolean shadow) implements Admission {}
}
