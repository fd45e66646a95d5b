package dev.idem.dropwizard.filter;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.Policy;
import dev.idem.core.engine.Rollout;
import dev.idem.core.fingerprint.FingerprintedRequest;
import dev.idem.core.fingerprint.Fingerprinter;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.Scope;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.key.IdempotencyKeyHeader;
import dev.idem.dropwizard.key.MalformedKeyException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * A request's way to its resource method: whose it is, which key it has, what it is, and whether it executes, is
 * answered with the first answer, or is refused. After authentication and authorisation, so that neither a replay nor a
 * refusal is ever given to a stranger.
 */
@Priority(Priorities.AUTHORIZATION + 500)
final class ClaimFilter implements ContainerRequestFilter {
    private static final Scope ANONYMOUS = new Scope("anonymous");
    private static final String PLATFORM = "X-Client-Platform";

    private final Route route;
    private final Policy policy;
    private final Rollout rollout;
    private final ScopeResolver scopes;
    private final IdempotencyEngine engine;
    private final DecisionListener listener;
    private final Fingerprinter fingerprinter = new Fingerprinter();

    ClaimFilter(
            Route route,
            Policy policy,
            Rollout rollout,
            ScopeResolver scopes,
            IdempotencyEngine engine,
            DecisionListener listener) {
        this.route = route;
        this.policy = policy;
        this.rollout = rollout;
        this.scopes = scopes;
        this.engine = engine;
        this.listener = listener;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        Optional<Scope> caller = scopes.scopeOf(request);
        if (!rollout.includes(caller.orElse(ANONYMOUS), request.getHeaderString(PLATFORM))) {
            listener.decided(route.name(), Layer.NONE, Outcome.NOT_ROLLED_OUT);
            return;
        }
        byte[] body = readBody(request);
        Optional<String> key = readKey(request);
        if (key.isEmpty()) {
            passWithoutKey();
            return;
        }
        RecordId id = new RecordId(scopeOf(caller), key.get());
        Exchange exchange = Exchange.begin(request, key.get(), route, policy);
        answer(request, exchange, claim(id, fingerprint(request, id.scope(), body)));
    }

    private byte[] readBody(ContainerRequestContext request) throws IOException {
        return BoundedBody.read(request, policy.maxRequestBody())
                .orElseThrow(() -> refuse(Outcome.TOO_LARGE, Refusals.tooLarge(policy.maxRequestBody())));
    }

    private Optional<String> readKey(ContainerRequestContext request) {
        try {
            return IdempotencyKeyHeader.read(request.getHeaders().get(IdempotencyKeyHeader.NAME), policy.keyFormat());
        } catch (MalformedKeyException e) {
            throw refuse(Outcome.INVALID_KEY, Refusals.invalidKey(e));
        }
    }

    private void passWithoutKey() {
        if (policy.keyRequired()) {
            throw refuse(Outcome.KEY_MISSING, Refusals.keyMissing(policy.keyFormat()));
        }
        listener.decided(route.name(), Layer.NONE, Outcome.WITHOUT_KEY);
    }

    private Scope scopeOf(Optional<Scope> caller) {
        if (caller.isEmpty() && !route.anonymous()) {
            throw refuse(Outcome.UNAUTHENTICATED, Refusals.unauthenticated());
        }
        return caller.orElse(ANONYMOUS);
    }

    private Fingerprint fingerprint(ContainerRequestContext request, Scope scope, byte[] body) {
        URI uri = request.getUriInfo().getRequestUri();
        return fingerprinter.fingerprint(new FingerprintedRequest(
                request.getMethod(),
                uri.getRawPath(),
                uri.getRawQuery(),
                scope,
                request.getHeaderString(HttpHeaders.CONTENT_TYPE),
                body));
    }

    private Claim claim(RecordId id, Fingerprint fingerprint) {
        try {
            return engine.claim(id, fingerprint, policy, route.name());
        } catch (StoreUnavailableException e) {
            throw refuse(Outcome.STORE_UNAVAILABLE, Refusals.storeUnavailable(id.key()));
        }
    }

    private void answer(ContainerRequestContext request, Exchange exchange, Claim claim) {
        if (claim instanceof Claim.Acquired acquired) {
            exchange.acquired(acquired.lease());
            listener.decided(route.name(), Layer.KEY, Outcome.EXECUTED);
        } else if (claim instanceof Claim.Replay replay && replay.answer() instanceof RecordedResponse response) {
            listener.decided(route.name(), Layer.KEY, Outcome.REPLAYED);
            request.abortWith(Replays.of(response));
        } else if (claim instanceof Claim.Replay replay) {
            throw refuse(
                    Outcome.NOT_STORED,
                    Refusals.notStored(exchange.key(), ((AnswerNotStored) replay.answer()).reason()));
        } else if (claim instanceof Claim.InFlight) {
            throw refuse(Outcome.IN_PROGRESS, Refusals.inProgress(exchange.key()));
        } else {
            throw refuse(Outcome.KEY_REUSED, Refusals.keyReused(exchange.key()));
        }
    }

    private RuntimeException refuse(Outcome outcome, RuntimeException refusal) {
        listener.decided(route.name(), outcome.layer(), outcome);
        return refusal;
    }
}
