package dev.idem.dropwizard.hook;

import dev.idem.core.record.Scope;
import java.util.Optional;

/**
 * A stored answer that a repeat is given.
 *
 * @param route the HTTP method and the path's template
 * @param key the client's; empty for a repeat that was recognised without one
 * @param scope the caller's; empty for an unauthenticated caller
 * @param status of the answer
 */
public record ReplayedAnswer(String route, Optional<String> key, Optional<Scope> scope, int status) {}
