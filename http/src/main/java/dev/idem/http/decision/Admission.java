package dev.idem.http.decision;

import dev.idem.core.record.Scope;
import java.util.Optional;

/** What is decided about a request before its body is read. */
public sealed interface Admission {

    /** The request needs no claim. */
    record Decided(Decision decision) implements Admission {}

    /**
     * The decision depends on the body.
     *
     * @param key the client's, if it sent one; the body may have it still
     * @param scope whose key it is; empty for an unauthenticated caller
     * @param shadow whether the request executes whatever is decided
     */
    record NeedsBody(Optional<String> key, Optional<Scope> scope, boolean shadow) implements Admission {}
}
