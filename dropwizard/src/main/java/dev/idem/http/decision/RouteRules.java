package dev.idem.http.decision;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.record.Scope;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.RolloutRule;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.http.trace.ClaimSpan;
import dev.idem.http.trace.Tracing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the requests of one route: whose a request is, which key it has or else what it says, and whether it
 * executes, is answered with the first answer, or is refused; and, in shadow, only what would be done. Asked after the
 * caller is known, so that neither a replay nor a refusal is ever given to a stranger. Thread-safe; blocks while the stores
 * are asked and while a repeat waits.
 */
public final class RouteRules {
    static final Scope ANONYMOUS = new Scope("anonymous");

    /** W3C Trace Context, sections 3.2 and 3.3. */
    private static final List<String> TRACE_CONTEXT = List.of("traceparent", "tracestate");

    private final String route;
    private final LiveRollout rollout;
    private final DecisionListener listener;
    private final Tracing tracing;
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
            DecisionListener listener,
            Tracing tracing) {
        this.route = route;
        this.rollout = rollout;
        this.listener = listener;
        this.tracing = tracing;
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
        if (!tracing.isOn()) {
            return find(request, admitted);
        }
        try (ClaimSpan span = tracing.claim(route, traceOf(request))) {
            Decision decision = find(request, admitted);
            span.decided(outcome(decision));
            if (decision instanceof Decision.Execute execute) {
                span.executes(execute.lease(), route);
            } else if (decision instanceof Decision.TakenOver taken) {
                span.executes(taken.lease(), route);
            }
            return decision;
        }
    }

    private static Map<String, String> traceOf(IncomingRequest request) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : TRACE_CONTEXT) {
            @Nullable String value = request.header(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static String outcome(Decision decision) {
        if (decision instanceof Decision.Pass || decision instanceof Decision.Shadow) {
            return "passed";
        }
        if (decision instanceof Decision.Execute) {
            return "executed";
        }
        if (decision instanceof Decision.TakenOver) {
            return "taken_over";
        }
        return ((Decision.Answered) decision)
                .refusalIfAny()
                .map(refusal -> nameOf(refusal.problem().type()))
                .orElse("replayed");
    }

    private static String nameOf(String problem) {
        return problem.substring(problem.lastIndexOf('/') + 1);
    }

    private Decision find(IncomingRequest request, Admission.NeedsBody admitted) throws IOException {
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
