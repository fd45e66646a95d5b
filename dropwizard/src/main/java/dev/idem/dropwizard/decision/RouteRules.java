package dev.idem.dropwizard.decision;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.record.Scope;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.RolloutRule;
import dev.idem.dropwizard.policy.RoutePolicy;
import java.io.IOException;
import java.util.Optional;

/**
 * What holds for the requests of one route: whose a request is, which key it has or else what it says, and whether it
 * executes, is answered with the first answer, or is refused; and, in shadow, only what would be done. Asked after the
 * caller is known, so that neither a replay nor a refusal is ever given to a stranger. Thread-safe; blocks while the stores
 * are asked and while a repeat waits.
 */
public final class RouteRules {
    static final Scope ANONYMOUS = new Scope("anonymous");

    private final String route;
    private final LiveRollout rollout;
    private final DecisionListener listener;
    private final RequestRules intervening;
    private final RequestRules shadowing;

    /**
     * @param route its name for operators; one of few
     * @param anonymous whether callers without a name may use keys; they share one scope
     */
    public RouteRules(
            String route,
            boolean anonymous,
            RoutePolicy policy,
            LiveRollout rollout,
            IdempotencyEngine engine,
            DecisionListener listener) {
        this.route = route;
        this.rollout = rollout;
        this.listener = listener;
        this.intervening = RequestRules.intervening(route, anonymous, policy, engine, listener);
        this.shadowing = RequestRules.shadowing(route, anonymous, policy, engine, listener);
    }

    /**
     * Decides about one request.
     *
     * @param caller whose it is; empty for a caller that nobody knows
     * @throws IOException if the client does not send its body
     */
    public Decision decide(IncomingRequest request, Optional<Scope> caller) throws IOException {
        Admission admission = admit(request, caller);
        return admission instanceof Admission.Decided decided
                ? decided.decision()
                : decide(request, (Admission.NeedsBody) admission);
    }

    /** Decides as far as that can be done without the request's body, and without asking a store. */
    public Admission admit(IncomingRequest request, Optional<Scope> caller) {
        RolloutRule rule = rollout.rule(route);
        if (!rule.includes(caller.orElse(ANONYMOUS), () -> ClientPlatform.of(request))) {
            listener.decided(route, Layer.NONE, Outcome.NOT_ROLLED_OUT);
            return new Admission.Decided(new Decision.Pass());
        }
        if (!rule.shadow()) {
            return intervening.admit(request, caller);
        }
        Admission admission = shadowing.admit(request, caller);
        return admission instanceof Admission.Decided ? new Admission.Decided(new Decision.Pass()) : admission;
    }

    /**
     * Decides about a request that was admitted.
     *
     * @throws IOException if the client does not send its body
     */
    public Decision decide(IncomingRequest request, Admission.NeedsBody admitted) throws IOException {
        return admitted.shadow()
                ? shadowOf(shadowing.decide(request, admitted))
                : intervening.decide(request, admitted);
    }

    /** Whatever was found, the request executes. */
    private static Decision shadowOf(Decision found) {
        if (found instanceof Decision.Execute execute) {
            return new Decision.Shadow(execute.lease());
        }
        return found instanceof Decision.TakenOver taken ? new Decision.Shadow(taken.lease()) : new Decision.Pass();
    }
}
