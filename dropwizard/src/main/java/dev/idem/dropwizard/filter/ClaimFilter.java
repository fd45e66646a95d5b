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
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
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
    private final Policy policy;
    private final Rollout rollout;
    private final ScopeResolver scopes;
    private final IdempotencyEngine engine;
    private final DecisionListener listener;
    private final Fingerprinter fingerprinter;

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
        this.fingerprinter = new Fingerprinter(policy.fingerprint());
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
        Optional<Scope> scope = caller.or(() -> route.anonymous() ? Optional.of(ANONYMOUS) : Optional.empty());
        if (key.isPresent()) {
            claimKey(request, new RecordId(scope.orElseThrow(this::unauthenticated), key.get()), body);
        } else if (policy.keyRequired()) {
            throw refuse(Layer.NONE, Outcome.KEY_MISSING, Refusals.keyMissing(policy.keyFormat()));
        } else if (policy.window().isPresent() && scope.isPresent()) {
            claimContent(request, scope.get(), body, policy.window().get());
        } else {
            listener.decided(route.name(), Layer.NONE, Outcome.WITHOUT_KEY);
        }
    }

    private void claimKey(ContainerRequestContext request, RecordId id, byte[] body) {
        Fingerprint fingerprint = fingerprint(request, id.scope(), body);
        Exchange exchange = Exchange.begin(request, id.key(), route, policy);
        new Decision(exchange, Layer.KEY).make(request, () -> engine.claim(id, fingerprint, policy, route.name()));
    }

    private void claimContent(ContainerRequestContext request, Scope scope, byte[] body, Duration window) {
        Fingerprint fingerprint = fingerprint(request, scope, body);
        Exchange exchange = Exchange.begin(request, null, route, policy);
        new Decision(exchange, Layer.FINGERPRINT)
                .make(request, () -> engine.claim(scope, fingerprint, window, policy, route.name()));
    }

    private byte[] readBody(ContainerRequestContext request) throws IOException {
        return BoundedBody.read(request, policy.maxRequestBody())
                .orElseThrow(() -> refuse(Layer.NONE, Outcome.TOO_LARGE, Refusals.tooLarge(policy.maxRequestBody())));
    }

    private Optional<String> readKey(ContainerRequestContext request) {
        try {
            return IdempotencyKeyHeader.read(request.getHeaders().get(IdempotencyKeyHeader.NAME), policy.keyFormat());
        } catch (MalformedKeyException e) {
            throw refuse(Layer.KEY, Outcome.INVALID_KEY, Refusals.invalidKey(e));
        }
    }

    private RuntimeException unauthenticated() {
        return refuse(Layer.KEY, Outcome.UNAUTHENTICATED, Refusals.unauthenticated());
    }

    private Fingerprint fingerprint(ContainerRequestContext request, Scope scope, byte[] body) {
        URI uri = request.getUriInfo().getRequestUri();
        return fingerprinter.fingerprint(new FingerprintedRequest(
                request.getMethod(),
                uri.getRawPath(),
                uri.getRawQuery(),
                scope,
                request.getHeaderString(HttpHeaders.CONTENT_TYPE),
                headers(request),
                body));
    }

    private SortedMap<String, String> headers(ContainerRequestContext request) {
        SortedMap<String, String> headers = new TreeMap<>();
        for (String name : policy.fingerprint().headers()) {
            @Nullable String value = request.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private RuntimeException refuse(Layer layer, Outcome outcome, RuntimeException refusal) {
        listener.decided(route.name(), layer, outcome);
        return refusal;
    }

    /** What the engine decides about one request, and what follows for it. */
    private final class Decision {
        private final Exchange exchange;
        private final Layer layer;
        private final @Nullable String key;

        Decision(Exchange exchange, Layer layer) {
            this.exchange = exchange;
            this.layer = layer;
            this.key = exchange.key().orElse(null);
        }

        void make(ContainerRequestContext request, Supplier<Claim> claiming) {
            Claim claim = claimed(claiming);
            if (claim instanceof Claim.Acquired acquired) {
                exchange.acquired(acquired.lease());
                listener.decided(route.name(), layer, Outcome.EXECUTED);
            } else if (claim instanceof Claim.Replay replay && replay.answer() instanceof RecordedResponse response) {
                listener.decided(route.name(), layer, Outcome.REPLAYED);
                request.abortWith(Replays.of(response));
            } else if (claim instanceof Claim.Replay replay) {
                AnswerNotStored lost = (AnswerNotStored) replay.answer();
                throw refuse(layer, Outcome.NOT_STORED, Refusals.notStored(key, lost.reason()));
            } else if (claim instanceof Claim.InFlight) {
                throw refuse(layer, Outcome.IN_PROGRESS, Refusals.inProgress(key));
            } else {
                throw refuse(
                        layer,
                        Outcome.KEY_REUSED,
                        Refusals.keyReused(exchange.key().orElseThrow()));
            }
        }

        private Claim claimed(Supplier<Claim> claiming) {
            try {
                return claiming.get();
            } catch (StoreUnavailableException e) {
                throw refuse(layer, Outcome.STORE_UNAVAILABLE, Refusals.storeUnavailable(key));
            }
        }
    }
}
