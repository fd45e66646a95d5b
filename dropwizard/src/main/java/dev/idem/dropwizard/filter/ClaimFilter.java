package dev.idem.dropwizard.filter;

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
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request's way to its resource method: whose it is, which key it has or else what it says, and whether it executes, is
 * answered with the first answer, or is refused. After authentication and authorisation, so that neither a replay nor a
 * refusal is ever given to a stranger.
 */
@Priority(Priorities.AUTHORIZATION + 500)
final class ClaimFilter implements ContainerRequestFilter {
    private static final Scope ANONYMOUS = new Scope("anonymous");
    private static final String PLATFORM = "X-Client-Platform";

    private final Route route;
    private final RoutePolicy policy;
    private final Rollout rollout;
    private final ScopeResolver scopes;
    private final IdempotencyEngine engine;
    private final Decisions decisions;
    private final Fingerprinter fingerprinter;
    private final Optional<RepeatWindow> window;

    ClaimFilter(
            Route route,
            RoutePolicy policy,
            Rollout rollout,
            ScopeResolver scopes,
            IdempotencyEngine engine,
            DecisionListener listener) {
        this.route = route;
        this.policy = policy;
        this.rollout = rollout;
        this.scopes = scopes;
        this.engine = engine;
        this.decisions = new Decisions(route, policy, listener);
        this.fingerprinter = new Fingerprinter(policy.comparison().rules());
        this.window = policy.comparison().newWindow();
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        Optional<Scope> caller = scopes.scopeOf(request);
        if (!rollout.includes(caller.orElse(ANONYMOUS), request.getHeaderString(PLATFORM))) {
            decisions.note(Layer.NONE, Outcome.NOT_ROLLED_OUT);
            return;
        }
        Optional<Scope> scope = caller.or(() -> route.anonymous() ? Optional.of(ANONYMOUS) : Optional.empty());
        Optional<String> key = readKey(request);
        if (key.isPresent() && scope.isEmpty()) {
            throw decisions.refuse(Layer.KEY, Outcome.UNAUTHENTICATED, Refusals.unauthenticated());
        }
        byte[] body = readBody(request);
        if (key.isPresent()) {
            claimKey(request, scope.orElseThrow(), key.get(), body);
        } else if (scope.isPresent() && window.isPresent()) {
            claimContent(request, describe(request, scope.get(), body), window.get());
        } else {
            decisions.note(Layer.NONE, Outcome.WITHOUT_KEY);
        }
    }

    private Optional<String> readKey(ContainerRequestContext request) {
        try {
            Optional<String> key = IdempotencyKeyHeader.read(
                    request.getHeaders().get(policy.keys().header()), policy.keys());
            if (key.isEmpty() && policy.keys().required()) {
                throw decisions.refuse(Layer.NONE, Outcome.KEY_MISSING, Refusals.keyMissing(policy.keys()));
            }
            return key;
        } catch (MalformedKeyException e) {
            throw decisions.refuse(Layer.KEY, Outcome.INVALID_KEY, Refusals.invalidKey(e));
        }
    }

    private byte[] readBody(ContainerRequestContext request) throws IOException {
        return BoundedBody.read(request, policy.maxRequestBody())
                .orElseThrow(() ->
                        decisions.refuse(Layer.NONE, Outcome.TOO_LARGE, Refusals.tooLarge(policy.maxRequestBody())));
    }

    private void claimKey(ContainerRequestContext request, Scope scope, String key, byte[] body) {
        Scope place = policy.keys().scope() == KeyScope.PATH
                ? scope.at(request.getUriInfo().getRequestUri().getRawPath())
                : scope;
        RecordId id = new RecordId(place, key);
        Fingerprint fingerprint = fingerprinter.fingerprint(describe(request, place, body));
        decisions
                .of(request, Layer.KEY, id, Exchange.begin(request, key, route, policy))
                .make(() -> engine.claim(id, fingerprint, policy.engine(), route.name(), CallerOfRequest.of(request)));
    }

    private void claimContent(
            ContainerRequestContext request, FingerprintedRequest described, RepeatWindow ofWholeBodies) {
        Optional<ContentRule> rule = policy.comparison().content();
        Optional<Fingerprint> content = rule.flatMap(field -> fingerprinter.fingerprint(described, field));
        if (content.isPresent()) {
            claim(
                    request,
                    Layer.CONTENT,
                    described.scope(),
                    content.get(),
                    new FixedWindow(rule.get().window()));
        } else {
            claim(request, Layer.FINGERPRINT, described.scope(), fingerprinter.fingerprint(described), ofWholeBodies);
        }
    }

    private FingerprintedRequest describe(ContainerRequestContext request, Scope scope, byte[] body) {
        SortedMap<String, String> headers = new TreeMap<>();
        for (String name : policy.comparison().rules().headers()) {
            @Nullable String value = request.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        URI uri = request.getUriInfo().getRequestUri();
        return new FingerprintedRequest(
                request.getMethod(),
                uri.getRawPath(),
                uri.getRawQuery(),
                scope,
                request.getHeaderString(HttpHeaders.CONTENT_TYPE),
                headers,
                body);
    }

    private void claim(
            ContainerRequestContext request, Layer layer, Scope scope, Fingerprint fingerprint, RepeatWindow repeats) {
        decisions
                .of(request, layer, RecordId.of(scope, fingerprint), Exchange.begin(request, null, route, policy))
                .make(() -> {
                    Claim claim = engine.claim(
                            scope,
                            fingerprint,
                            repeats.of(scope),
                            policy.engine(),
                            route.name(),
                            CallerOfRequest.of(request));
                    repeats.saw(scope, fingerprint, claim instanceof Claim.Acquired);
                    return claim;
                });
    }
}
