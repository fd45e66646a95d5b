package dev.idem.http.decision;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.OnStoreFailure;
import dev.idem.core.engine.Policy;
import dev.idem.core.fingerprint.ContentRule;
import dev.idem.core.fingerprint.FingerprintedRequest;
import dev.idem.core.fingerprint.Fingerprinter;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.window.FixedWindow;
import dev.idem.core.window.RepeatWindow;
import dev.idem.http.key.IdempotencyKeyHeader;
import dev.idem.http.key.KeyScope;
import dev.idem.http.key.MalformedKeyException;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.policy.RoutePolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What holds for those requests of one route that the layer works for, be it that it intervenes or that it only counts.
 * Thread-safe; blocks while the stores are asked and while a repeat waits.
 */
final class RequestRules {
    private final String route;
    private final boolean anonymous;
    private final RoutePolicy policy;
    private final Policy asked;
    private final UnaryOperator<Scope> places;
    private final boolean shadow;
    private final IdempotencyEngine engine;
    private final Decisions decisions;
    private final Fingerprinter fingerprinter;
    private final Optional<RepeatWindow> window;

    private RequestRules(
            String route,
            boolean anonymous,
            RoutePolicy policy,
            Policy asked,
            UnaryOperator<Scope> places,
            boolean shadow,
            IdempotencyEngine engine,
            Decisions decisions) {
        this.route = route;
        this.anonymous = anonymous;
        this.policy = policy;
        this.asked = asked;
        this.places = places;
        this.shadow = shadow;
        this.engine = engine;
        this.decisions = decisions;
        this.fingerprinter = new Fingerprinter(policy.comparison().rules());
        this.window = policy.comparison().newWindow();
    }

    /** That stop repeats. */
    static RequestRules intervening(
            String route, boolean anonymous, RoutePolicy policy, IdempotencyEngine engine, DecisionListener listener) {
        Decisions decisions =
                new Decisions(route, policy.keys(), policy.onUnknown(), listener, DuplicateLog.prevented());
        return new RequestRules(
                route, anonymous, policy, policy.engine(), UnaryOperator.identity(), false, engine, decisions);
    }

    /** That only find out what the others would do: on records of their own, without waiting, and without a last resort. */
    static RequestRules shadowing(
            String route, boolean anonymous, RoutePolicy policy, IdempotencyEngine engine, DecisionListener listener) {
        Policy usual = policy.engine();
        Policy asked =
                new Policy(usual.ttl(), usual.lockTimeout(), Duration.ZERO, OnStoreFailure.CLOSED, usual.consistency());
        Decisions decisions = new Decisions(
                route, policy.keys(), policy.onUnknown(), new ShadowListener(listener), DuplicateLog.onlySeen());
        return new RequestRules(route, anonymous, policy, asked, Scope::shadow, true, engine, decisions);
    }

    /** Decides as far as that can be done without the request's body, and without asking a store. */
    Admission admit(IncomingRequest request, Optional<Scope> caller) {
        Optional<String> key;
        try {
            key = IdempotencyKeyHeader.read(request.headers(policy.keys().header()), policy.keys());
        } catch (MalformedKeyException e) {
            return refused(Layer.KEY, Outcome.INVALID_KEY, RefusalProblems.invalidKey(e));
        }
        if (key.isEmpty() && policy.keys().required()) {
            return refused(Layer.NONE, Outcome.KEY_MISSING, RefusalProblems.keyMissing(policy.keys()));
        }
        Optional<Scope> scope =
                caller.or(() -> maySharePlace(key) ? Optional.of(RouteRules.ANONYMOUS) : Optional.empty());
        if (key.isPresent() && scope.isEmpty()) {
            return refused(Layer.KEY, Outcome.UNAUTHENTICATED, RefusalProblems.unauthenticated());
        }
        return new Admission.NeedsBody(key, scope.map(places), shadow);
    }

    /**
     * Decides about a request that was admitted.
     *
     * @throws IOException if the client does not send its body
     */
    Decision decide(IncomingRequest request, Admission.NeedsBody admitted) throws IOException {
        try {
            return decideWithRoom(request, admitted);
        } catch (BodyMemoryExhaustedException full) {
            Refusal overloaded = RefusalProblems.overloaded(admitted.key().orElse(null));
            return decisions.refuse(Layer.NONE, Outcome.OVERLOADED, overloaded);
        }
    }

    private Decision decideWithRoom(IncomingRequest request, Admission.NeedsBody admitted) throws IOException {
        Optional<byte[]> body = request.body(policy.maxRequestBody());
        if (body.isEmpty()) {
            Refusal tooLarge = RefusalProblems.tooLarge(
                    policy.maxRequestBody(), admitted.key().orElse(null));
            return decisions.refuse(Layer.NONE, Outcome.TOO_LARGE, tooLarge);
        }
        boolean claims = admitted.key().isPresent() || (admitted.scope().isPresent() && window.isPresent());
        if (claims && !shadow) {
            request.reserveAnswer(policy.stored().maxBody());
        }
        if (admitted.key().isPresent()) {
            return claimKey(
                    request, admitted.scope().orElseThrow(), admitted.key().get(), body.get());
        }
        if (admitted.scope().isPresent() && window.isPresent()) {
            return claimContent(
                    request,
                    describe(request, admitted.scope().get(), withIdentity(request), body.get()),
                    window.get());
        }
        return decisions.pass(Outcome.WITHOUT_KEY);
    }

    /** Strangers share a scope by their keys, which nobody guesses; not by what they say, which another may say by chance. */
    private boolean maySharePlace(Optional<String> key) {
        return anonymous && (key.isPresent() || policy.comparison().strangers());
    }

    private Admission refused(Layer layer, Outcome outcome, Refusal refusal) {
        return new Admission.Decided(decisions.refuse(layer, outcome, refusal));
    }

    private Decision claimKey(IncomingRequest request, Scope scope, String key, byte[] body) {
        Scope place = policy.keys().scope() == KeyScope.PATH ? scope.at(request.rawPath()) : scope;
        RecordId id = new RecordId(place, key);
        Fingerprint fingerprint = fingerprinter.fingerprint(describe(request, place, asJoined(request), body));
        return decisions
                .of(request, Layer.KEY, id, Optional.of(key))
                .make(() -> engine.claim(id, fingerprint, asked, route, request.caller()));
    }

    private Decision claimContent(IncomingRequest request, FingerprintedRequest described, RepeatWindow ofWholeBodies) {
        Optional<ContentRule> rule = policy.comparison().content();
        Optional<Fingerprint> content = rule.flatMap(field -> fingerprinter.fingerprint(described, field));
        if (content.isPresent()) {
            RepeatWindow ofTheField = new FixedWindow(rule.get().window());
            return claim(request, Layer.CONTENT, described.scope(), content.get(), ofTheField);
        }
        Fingerprint whole = fingerprinter.fingerprint(described);
        return claim(request, Layer.FINGERPRINT, described.scope(), whole, ofWholeBodies);
    }

    private Decision claim(
            IncomingRequest request, Layer layer, Scope scope, Fingerprint fingerprint, RepeatWindow repeats) {
        return decisions
                .of(request, layer, RecordId.of(scope, fingerprint), Optional.empty())
                .make(() -> {
                    Claim claim = engine.claim(scope, fingerprint, repeats.of(scope), asked, route, request.caller());
                    repeats.saw(scope, fingerprint, claim instanceof Claim.Acquired);
                    return claim;
                });
    }

    /** For requests with a key, whose fingerprints are stored: nothing of this may change. */
    private SortedMap<String, String> asJoined(IncomingRequest request) {
        SortedMap<String, String> headers = new TreeMap<>();
        for (String name : policy.comparison().rules().headers()) {
            @Nullable String value = request.header(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private SortedMap<String, String> withIdentity(IncomingRequest request) {
        SortedMap<String, String> headers =
                CallerIdentity.of(request, policy.comparison().callers());
        policy.comparison().rules().headers().forEach(name -> CallerIdentity.add(headers, request, name));
        return headers;
    }

    private static FingerprintedRequest describe(
            IncomingRequest request, Scope scope, SortedMap<String, String> headers, byte[] body) {
        return new FingerprintedRequest(
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                scope,
                request.header("Content-Type"),
                headers,
                body);
    }
}
