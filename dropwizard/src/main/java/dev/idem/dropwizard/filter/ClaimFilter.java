package dev.idem.dropwizard.filter;

import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.LeaseCompletion;
import dev.idem.http.decision.Refusal;
import dev.idem.http.decision.RouteRules;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.policy.RoutePolicy;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.IOException;
import java.util.Optional;

/**
 * A request's way to its resource method: by the rules it executes, is answered with the first answer, or is refused. After
 * authentication and authorisation, so that neither a replay nor a refusal is ever given to a stranger.
 */
@Priority(Priorities.AUTHORIZATION + 500)
final class ClaimFilter implements ContainerRequestFilter {
    private final RoutePolicy policy;
    private final ScopeResolver scopes;
    private final RouteRules rules;
    private final LeaseCompletion settlements;
    private final BodyMemory memory;

    ClaimFilter(
            RoutePolicy policy,
            ScopeResolver scopes,
            RouteRules rules,
            LeaseCompletion settlements,
            BodyMemory memory) {
        this.policy = policy;
        this.scopes = scopes;
        this.rules = rules;
        this.settlements = settlements;
        this.memory = memory;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        BodyReservation room = BodyReservationCleanup.watched(request, memory.room());
        Decision decision = rules.decide(new JerseyRequest(request, room), scopes.scopeOf(request));
        if (decision instanceof Decision.Execute execute) {
            begin(request, execute.key()).acquired(execute.lease());
        } else if (decision instanceof Decision.Shadow shadow) {
            ShadowRequest.begin(request, shadow.lease());
        } else if (decision instanceof Decision.TakenOver taken) {
            answer(request, settlements.hold(taken.execute(), policy.engine().onStoreFailure()));
        } else if (decision instanceof Decision.Answered answered) {
            answer(request, answered);
        }
    }

    private void answer(ContainerRequestContext request, Decision.Answered answer) {
        if (answer instanceof Decision.Replay replay) {
            begin(request, replay.key());
            request.abortWith(ReplayResponse.of(replay.response()));
        } else {
            answer.key().ifPresent(key -> begin(request, answer.key()));
            Refusal refusal = answer.refusalIfAny().orElseThrow();
            throw new ProblemException(refusal.problem(), refusal.headers());
        }
    }

    private ProtectedRequest begin(ContainerRequestContext request, Optional<String> key) {
        return ProtectedRequest.begin(request, key.orElse(null), policy);
    }
}
