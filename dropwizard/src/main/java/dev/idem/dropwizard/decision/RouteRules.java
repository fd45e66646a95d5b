package dev.idem.dropwizard.decision;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.Rollout;
import dev.idem.core.fingerprint.ContentRule;
import dev.idem.core.fingerprint.FingerprintedRequest;
import dev.idem.core.fingerprint.Fingerprinter;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.window.FixedWindow;
import dev.idem.core.window.RepeatWindow;
import dev.idem.dropwizard.key.IdempotencyKeyHeader;
import dev.idem.dropwizard.key.KeyScope;
import dev.idem.dropwizard.key.MalformedKeyException;
import dev.idem.dropwizard.policy.RoutePolicy;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the requests of one route: whose a request is, which key it has or else what it says, and whether it
 * executes, is answered with the first answer, or is refused. Asked after the caller is known, so that neither a replay nor
 * a refusal is ever given to a stranger. Thread-safe; blocks while the stores are asked and while a repeat waits.
 */
public final class RouteRules {
    private static final Scope ANONYMOUS = new Scope("anonymous");
    private static final String PLATFORM = "X-Client-Platform";

    private final String route;
    private final boolean anonymous;
    private final RoutePolicy policy;
    private final Rollout rollout;
    private final IdempotencyEngine engine;
    private final Decisions decisions;
    private final Fingerprinter fingerprinter;
    private final Optional<RepeatWindow> window;

    /**
     * @param route its name for operators; one of few
     * @param anonymous whether callers without a name may use keys; they share one scope
     */
    public RouteRules(
            String route,
            boolean anonymous,
            RoutePolicy policy,
            Rollout rollout,
            IdempotencyEngine engine,
            DecisionListener listener) {
        this.route = route;
        this.anonymous = anonymous;
        this.policy = policy;
        this.rollout = rollout;
        this.engine = engine;
        this.decisions = new Decisions(route, policy.keys(), policy.onUnknown(), listener);
        this.fingerprinter = new Fingerprinter(policy.comparison().rules());
        this.window = policy.comparison().newWindow();
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
        if (!rollout.includes(caller.orElse(ANONYMOUS), request.header(PLATFORM))) {
            return new Admission.Decided(decisions.pass(Outcome.NOT_ROLLED_OUT));
        }
        Optional<String> key;
        try {
            key = IdempotencyKeyHeader.read(request.headers(policy.keys().header()), policy.keys());
        } catch (MalformedKeyException e) {
            return refused(Layer.KEY, Outcome.INVALID_KEY, Refusals.invalidKey(e));
        }
        if (key.isEmpty() && policy.keys().required()) {
            return refused(Layer.NONE, Outcome.KEY_MISSING, Refusals.keyMissing(policy.keys()));
        }
        Optional<Scope> scope = caller.or(() -> anonymous ? Optional.of(ANONYMOUS) : Optional.empty());
        if (key.isPresent() && scope.isEmpty()) {
            return refused(Layer.KEY, Outcome.UNAUTHENTICATED, Refusals.unauthenticated());
        }
        return new Admission.NeedsBody(key, scope);
    }

    /**
     * Decides about a request that was admitted.
     *
     * @throws IOException if the client does not send its body
     */
    public Decision decide(IncomingRequest request, Admission.NeedsBody admitted) throws IOException {
        Optional<byte[]> body = request.body(policy.maxRequestBody());
        if (body.isEmpty()) {
            return decisions.refuse(Layer.NONE, Outcome.TOO_LARGE, Refusals.tooLarge(policy.maxRequestBody()));
        }
        if (admitted.key().isPresent()) {
            return claimKey(
                    request, admitted.scope().orElseThrow(), admitted.key().get(), body.get());
        }
        if (admitted.scope().isPresent() && window.isPresent()) {
            return claimContent(request, describe(request, admitted.scope().get(), body.get()), window.get());
        }
        return decisions.pass(Outcome.WITHOUT_KEY);
    }

    private Admission refused(Layer layer, Outcome outcome, Refusal refusal) {
        return new Admission.Decided(decisions.refuse(layer, outcome, refusal));
    }

    private Decision claimKey(IncomingRequest request, Scope scope, String key, byte[] body) {
        Scope place = policy.keys().scope() == KeyScope.PATH ? scope.at(request.rawPath()) : scope;
        RecordId id = new RecordId(place, key);
        Fingerprint fingerprint = fingerprinter.fingerprint(describe(request, place, body));
        return decisions
                .of(request, Layer.KEY, id, Optional.of(key))
                .make(() -> engine.claim(id, fingerprint, policy.engine(), route, request.caller()));
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
                    Claim claim = engine.claim(
                            scope, fingerprint, repeats.of(scope), policy.engine(), route, request.caller());
                    repeats.saw(scope, fingerprint, claim instanceof Claim.Acquired);
                    return claim;
                });
    }

    private FingerprintedRequest describe(IncomingRequest request, Scope scope, byte[] body) {
        SortedMap<String, String> headers = new TreeMap<>();
        for (String name : policy.comparison().rules().headers()) {
            @Nullable String value = request.header(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
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
