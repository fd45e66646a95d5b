package dev.idem.dropwizard.hook;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.Scope;
import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.http.decision.Decision;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the application's hooks for one request.
 *
 * @param route the HTTP method and the path's template
 * @param scope the caller's; empty for an unauthenticated caller
 */
public record HooksOfRequest(RequestHooks hooks, String route, Optional<Scope> scope) {
    /** For a request whose hooks are not called. */
    public static final HooksOfRequest NONE = new HooksOfRequest(RequestHooks.none(), "", Optional.empty());

    private static final Logger log = LoggerFactory.getLogger(HooksOfRequest.class);

    /** @throws Exception the application's, which refuses the request */
    public void beforeExecution(IdempotencyContext idempotency) throws Exception {
        hooks.beforeExecution(new ExecutingRequest(route, idempotency));
    }

    /** Does nothing for a refusal. Never throws what a hook does. */
    public void afterReplay(Decision.Answered answer) {
        if (answer instanceof Decision.Replay replay) {
            try {
                hooks.afterReplay(new ReplayedAnswer(
                        route, replay.key(), scope, replay.response().status()));
            } catch (Throwable failure) {
                OutOfMemoryExit.haltAfter(failure);
                log.error("the hook after a replay on {} failed; the replay is sent all the same", route, failure);
            }
        }
    }
}
