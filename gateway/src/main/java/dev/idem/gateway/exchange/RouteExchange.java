package dev.idem.gateway.exchange;

import dev.idem.gateway.body.RateCheckedRequest;
import dev.idem.gateway.client.BufferedBody;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.header.ProtectedHeaders;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.http.decision.RouteRules;
import dev.idem.http.decision.outcome.Outcome;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.problem.Refusal;
import dev.idem.http.problem.RefusalProblems;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Receives the requests of one route. One with a protected method goes its way in a {@link ProtectedExchange}; others
 * are forwarded as they are. Thread-safe.
 */
public final class RouteExchange {
    private final RouteParts parts;
    private final RouteSettings settings;
    private final UpstreamClient upstream;
    private final Map<String, RouteRules> rules;
    private final BodyMemory memory;
    private final GatewayResponses responses;
    private final ProtectedHeaders guarded;

    /** @param rules of the protected methods, by their names */
    RouteExchange(RouteParts parts, UpstreamClient upstream, Map<String, RouteRules> rules, BodyMemory memory) {
        this.parts = parts;
        this.settings = parts.settings();
        this.upstream = upstream;
        this.rules = Map.copyOf(rules);
        this.memory = memory;
        this.responses = parts.responses();
        this.guarded = ProtectedHeaders.of(settings);
    }

    public RouteSettings settings() {
        return settings;
    }

    public UpstreamClient upstream() {
        return upstream;
    }

    public RouteCounters counters() {
        return parts.counters();
    }

    /** Refuses a request as this route refuses requests. */
    public void refuse(ClientExchange client, Refusal refusal) {
        responses.refuse(client, refusal, Optional.empty());
    }

    /**
     * Responds to a request, now or later, and never blocks. Returns false, and does nothing, if another route has
     * replaced this one.
     */
    public boolean handle(ClientExchange arrived) {
        if (!upstream.enter()) {
            return false;
        }
        Request request = arrived.hasBody()
                ? new RateCheckedRequest(arrived.request(), settings.requestBody())
                : arrived.request();
        ClientExchange client =
                new ClientExchange(request, arrived.response(), arrived.callback()).then(upstream::leave);
        Optional<Refusal> refusal = guarded.refusal(request.getHeaders());
        if (refusal.isPresent()) {
            refuse(client, refusal.get());
        } else if (!responses.preflight(client)) {
            request.addIdleTimeoutListener(quiet -> false); // the upstream's timeout is the one that counts
            forward(client);
        }
        return true;
    }

    private void forward(ClientExchange client) {
        @Nullable RouteRules protecting = rules.get(client.request().getMethod());
        if (protecting == null) {
            parts.counters().passed();
            parts.passing().pass(client, BufferedBody.UNREAD);
            return;
        }
        try {
            client.request().getComponents().getExecutor().execute(() -> protect(client, protecting));
        } catch (RejectedExecutionException full) {
            protecting.turnedAway(Outcome.OVERLOADED);
            refuse(client, RefusalProblems.overloaded(null));
        }
    }

    private void protect(ClientExchange client, RouteRules protecting) {
        BodyReservation reservation = memory.reservation();
        new ProtectedExchange(parts, protecting, client.heldIn(reservation), reservation).begin();
    }
}
