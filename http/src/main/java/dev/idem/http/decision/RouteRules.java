package dev.idem.http.decision;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.record.Scope;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.RolloutRule;
import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
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
 * The rules of one route: whether a request executes, is given the first answer, or is refused; in shadow, only what would
 * be decided. Ask after authentication, so that no stranger is given a replay or a refusal. Thread-safe; blocks while the
 * stores work and while a repeat waits.
 */
public final class RouteRules {
    static final Scope ANONYMOUS = new Scope("anonymous");

    /** W3C Trace Context, sections 3.2 and 3.3. */
    private static final List<String> TRACE_CONTEXT = List.of("traceparent", "tracestate");

    private final String route;
    private final LiveRollout rollout;
    private final DecisionListener listener;
    private final Tracing tracing;
    private final RequestRules active;
    private final RequestRules shadow;
    private volatile boolean used;

    /**
     * @param route its name for operators; one of few
     * @param anonymous whether unauthenticated callers may use keys; they share one scope
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
        this.active = RequestRules.active(route, anonymous, policy, engine, listener);
        this.shadow = RequestRules.inShadow(route, anonymous, policy, engine, listener);
    }

    /**
     * Decides about one request.
     *
     * @param caller whose key it is; empty for an unauthenticated caller
     * @throws IOException if the client does not send its body
     */
    public Decision decide(IncomingRequest request, Optional<Scope> caller) throws IOException {
        Admission admission = admit(request, caller);
        return admission instanceof Admission.Decided decided
                ? decided.decision()
                : decide(request, (Admission.NeedsBody) admission);
    }

    /** Decides what can be decided without the request's body and without a store. */
    public Admission admit(IncomingRequest request, Optional<Scope> caller) {
        noteFirstUse();
        RolloutRule rule = rollout.rule(route);
        if (!rule.includes(caller.orElse(ANONYMOUS), () -> ClientPlatform.of(request))) {
            listener.decided(route, Layer.NONE, Outcome.NOT_ROLLED_OUT);
            return new Admission.Decided(new Decision.Pass());
        }
        if (!rule.shadow()) {
            return active.admit(request, caller);
        }
        Admission admission = shadow.admit(request, caller);
        return admission instanceof Admission.Decided ? new Admission.Decided(new Decision.Pass()) : admission;
    }

    private void noteFirstUse() {
        if (!used) {
            used = true;
            listener.routeUsed(route);
        }
    }

    /** Counts a request that its server refuses before it asks {@link #admit}. */
    public void turnedAway(Outcome why) {
        noteFirstUse();
        active.turnedAway(why);
    }

    /** Counts an admitted request that its server refuses before it asks {@link #decide}. */
    public void turnedAway(Admission.NeedsBody admitted, Outcome why) {
        (admitted.shadow() ? shadow : active).turnedAway(why);
    }

    /**
     * Decides about an admitted request.
     *
     * @throws IOException if the client does not send its body
     */
    public Decision decide(IncomingRequest request, Admission.NeedsBody admitted) throws IOException {
        if (!tracing.isOn()) {
            return claim(request, admitted);
        }
        try (ClaimSpan span = tracing.claim(route, traceOf(request))) {
            Decision decision = claim(request, admitted);
            span.decided(nameOf(decision));
            if (decision instanceof Decision.Execute execute) {
                span.executes(execute.lease(), route);
            } else if (decision instanceof Decision.TakenOver taken) {
                span.executes(taken.lease(), route);
            }
            return decision;
        }
    }

    private Decision claim(IncomingRequest request, Admission.NeedsBody admitted) throws IOException {
        return admitted.shadow() ? passInShadow(shadow.decide(request, admitted)) : active.decide(request, admitted);
    }

    /** Whatever would be decided, the request executes. */
    private static Decision passInShadow(Decision decided) {
        if (decided instanceof Decision.Execute execute) {
            execute.count().executed();
            return new Decision.Shadow(execute.lease());
        }
        return decided instanceof Decision.TakenOver taken ? new Decision.Shadow(taken.lease()) : new Decision.Pass();
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

    /** The span's outcome: of a refusal, the last part of its problem type. */
    private static String nameOf(Decision decision) {
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
                .map(refusal -> refusal.problem().type())
                .map(type -> type.substring(type.lastIndexOf('/') + 1))
                .orElse("replayed");
    }
}
