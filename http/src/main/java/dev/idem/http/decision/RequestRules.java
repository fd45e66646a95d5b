package dev.idem.http.decision;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.Policy;
import dev.idem.core.engine.TooManyInFlightException;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Scope;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.core.window.RepeatWindow;
import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
import dev.idem.http.key.KeyReader;
import dev.idem.http.key.MalformedKeyException;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.http.problem.Refusal;
import dev.idem.http.problem.RefusalProblems;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The rules for the requests of one route, either active or in shadow: admit by key and scope, read the body, claim, decide.
 * Thread-safe; blocks while the stores work and while a repeat waits.
 */
final class RequestRules {
    private final String route;
    private final boolean anonymous;
    private final boolean shadow;
    private final Scope strangers;
    private final RoutePolicy policy;
    private final Policy claimPolicy;
    private final IdempotencyEngine engine;
    private final KeyReader keys;
    private final ClaimTargets targets;
    private final Decisions decisions;

    private RequestRules(
            String route,
            boolean anonymous,
            boolean shadow,
            RoutePolicy policy,
            Policy claimPolicy,
            IdempotencyEngine engine,
            Decisions decisions) {
        this.route = route;
        this.anonymous = anonymous;
        this.shadow = shadow;
        this.strangers = shadow ? RouteRules.ANONYMOUS.shadow() : RouteRules.ANONYMOUS;
        this.policy = policy;
        this.claimPolicy = claimPolicy;
        this.engine = engine;
        this.keys = new KeyReader(policy.keys());
        this.targets = new ClaimTargets(policy);
        this.decisions = decisions;
    }

    /** Rules that stop repeats. */
    static RequestRules active(
            String route, boolean anonymous, RoutePolicy policy, IdempotencyEngine engine, DecisionListener listener) {
        Decisions decisions =
                new Decisions(route, policy.keys(), policy.onUnknown(), listener, DuplicateLog.prevented());
        return new RequestRules(route, anonymous, false, policy, policy.engine(), engine, decisions);
    }

    /** Rules that only find out what would be decided: on records of their own, without waiting or memory fallback. */
    static RequestRules inShadow(
            String route, boolean anonymous, RoutePolicy policy, IdempotencyEngine engine, DecisionListener listener) {
        Policy active = policy.engine();
        Policy claimPolicy = new Policy(
                active.ttl(),
                active.lockTimeout(),
                Duration.ZERO,
                OnStoreFailure.CLOSED,
                active.consistency(),
                active.maxInFlightPerScope());
        Decisions decisions = new Decisions(
                route, policy.keys(), policy.onUnknown(), new ShadowListener(listener), DuplicateLog.seenInShadow());
        return new RequestRules(route, anonymous, true, policy, claimPolicy, engine, decisions);
    }

    /** Decides what can be decided without the request's body and without a store. */
    Admission admit(IncomingRequest request, Optional<Scope> caller) {
        try {
            Optional<String> key = keys.beforeBody(request.headers(policy.keys().header()), request.rawQuery());
            return key.isEmpty() && keys.readsBody()
                    ? new Admission.NeedsBody(key, caller, shadow)
                    : admit(key, caller);
        } catch (MalformedKeyException e) {
            return refused(Layer.KEY, Outcome.INVALID_KEY, RefusalProblems.invalidKey(e));
        }
    }

    /** The same as far as only the body tells it. Until then, the scope is the caller's own. */
    private Admission admit(IncomingRequest request, Admission.NeedsBody admitted, byte[] body) {
        if (!keys.readsBody()) {
            return admitted;
        }
        try {
            Optional<String> key = keys.withBody(admitted.key(), request.header("Content-Type"), body);
            return admitted.key().isPresent() ? admitted : admit(key, admitted.scope());
        } catch (MalformedKeyException e) {
            return refused(Layer.KEY, Outcome.INVALID_KEY, RefusalProblems.invalidKey(e));
        }
    }

    private Admission admit(Optional<String> key, Optional<Scope> caller) {
        if (key.isEmpty() && policy.keys().required()) {
            return refused(Layer.NONE, Outcome.KEY_MISSING, RefusalProblems.keyMissing(policy.keys()));
        }
        Optional<Scope> scope =
                caller.or(() -> mayShareScope(key) ? Optional.of(RouteRules.ANONYMOUS) : Optional.empty());
        if (key.isPresent() && scope.isEmpty()) {
            return refused(Layer.KEY, Outcome.UNAUTHENTICATED, RefusalProblems.unauthenticated());
        }
        return new Admission.NeedsBody(key, shadow ? scope.map(Scope::shadow) : scope, shadow);
    }

    /** Counts a request that its server refuses before a decision. */
    void turnedAway(Outcome why) {
        decisions.turnedAway(why);
    }

    /** Anonymous callers share a scope by keys, which nobody guesses; but by content only if the policy says so. */
    private boolean mayShareScope(Optional<String> key) {
        return anonymous && (key.isPresent() || policy.comparison().strangers());
    }

    private Admission refused(Layer layer, Outcome outcome, Refusal refusal) {
        return new Admission.Decided(decisions.refuse(layer, outcome, refusal));
    }

    /**
     * Decides about an admitted request.
     *
     * @throws IOException if the client does not send its body; that has been counted
     */
    Decision decide(IncomingRequest request, Admission.NeedsBody admitted) throws IOException {
        Optional<byte[]> body;
        Admission known = admitted;
        try {
            body = request.body(policy.maxRequestBody());
            if (body.isPresent()) {
                known = admit(request, admitted, body.get());
            }
            if (body.isPresent() && !shadow && known instanceof Admission.NeedsBody ready && targets.claims(ready)) {
                request.reserveAnswer(policy.stored().maxBody());
            }
        } catch (BodyMemoryExhaustedException full) {
            Refusal overloaded = RefusalProblems.overloaded(admitted.key().orElse(null));
            return decisions.refuse(Layer.NONE, Outcome.OVERLOADED, overloaded);
        } catch (IOException | RuntimeException e) {
            decisions.turnedAway(Outcome.UNREADABLE);
            throw e;
        }
        if (body.isEmpty()) {
            Refusal tooLarge = RefusalProblems.tooLarge(
                    policy.maxRequestBody(), admitted.key().orElse(null));
            return decisions.refuse(Layer.NONE, Outcome.TOO_LARGE, tooLarge);
        }
        if (known instanceof Admission.Decided decided) {
            return decided.decision();
        }
        Admission.NeedsBody ready = (Admission.NeedsBody) known;
        return targets.claims(ready)
                ? claim(request, ready.scope().orElseThrow(), targets.of(request, ready, body.get()))
                : decisions.pass(Outcome.WITHOUT_KEY);
    }

    private Decision claim(IncomingRequest request, Scope caller, ClaimTarget target) {
        Policy bounded = caller.equals(strangers) ? claimPolicy.unbounded() : claimPolicy;
        Claim claim;
        try {
            claim = target.window().isPresent()
                    ? claimWithin(target.window().get(), bounded, request, target)
                    : engine.claim(target.id(), caller, target.fingerprint(), bounded, route, request.caller());
        } catch (StoreUnavailableException e) {
            return decisions.unavailable(target, claimPolicy.consistency(), e);
        } catch (UnreadableRecordException e) {
            return decisions.unreadable(target, e);
        } catch (TooManyInFlightException e) {
            return decisions.tooManyInFlight(target);
        }
        return decisions.of(request, target, claim);
    }

    private Claim claimWithin(RepeatWindow window, Policy bounded, IncomingRequest request, ClaimTarget target) {
        Scope scope = target.id().scope();
        Claim claim = engine.claim(scope, target.fingerprint(), window.of(scope), bounded, route, request.caller());
        window.saw(scope, target.fingerprint(), claim instanceof Claim.Acquired);
        return claim;
    }
}
