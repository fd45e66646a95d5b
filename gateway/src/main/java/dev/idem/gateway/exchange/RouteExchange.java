package dev.idem.gateway.exchange;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.Scope;
import dev.idem.gateway.body.RateCheckedRequest;
import dev.idem.gateway.caller.CallerScope;
import dev.idem.gateway.client.BodyReader;
import dev.idem.gateway.client.BufferedBody;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.header.ProtectedHeaders;
import dev.idem.gateway.response.FailureResponses;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.http.decision.Admission;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.RouteRules;
import dev.idem.http.decision.outcome.Outcome;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.problem.Refusal;
import dev.idem.http.problem.RefusalProblems;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the requests of one route. A request with a protected method is read and decided on; if it executes, it is
 * forwarded under a lease. Other requests are forwarded as they are. Thread-safe.
 */
public final class RouteExchange {
    private static final Logger log = LoggerFactory.getLogger(RouteExchange.class);

    private final RouteSettings settings;
    private final UpstreamClient upstream;
    private final Map<String, RouteRules> rules;
    private final CallerScope callers;
    private final UpstreamExecution execution;
    private final ReplayAuthorization gate;
    private final GatewayResponses responses;
    private final RouteCounters counters;
    private final PassThroughSender passing;
    private final BodyMemory memory;
    private final ProtectedHeaders guarded;

    /** @param rules of the protected methods, by their names */
    RouteExchange(
            RouteSettings settings,
            UpstreamClient upstream,
            Map<String, RouteRules> rules,
            CallerScope callers,
            UpstreamExecution execution,
            ReplayAuthorization gate,
            GatewayResponses responses,
            RouteCounters counters,
            PassThroughSender passing,
            BodyMemory memory) {
        this.settings = settings;
        this.upstream = upstream;
        this.rules = Map.copyOf(rules);
        this.callers = callers;
        this.execution = execution;
        this.gate = gate;
        this.responses = responses;
        this.counters = counters;
        this.passing = passing;
        this.memory = memory;
        this.guarded = ProtectedHeaders.of(settings);
    }

    public RouteSettings settings() {
        return settings;
    }

    public UpstreamClient upstream() {
        return upstream;
    }

    public RouteCounters counters() {
        return counters;
    }

    /** Refuses a request as this route refuses requests. */
    public void refuse(ClientExchange client, Refusal refusal) {
        responses.refuse(client, refusal, Optional.empty());
    }

    /**
     * Responds to a request, now or later, and never blocks. Returns false, and does nothing, if another route has
     * replaced this one.
     */
    public boolean handle(ClientExchange client) {
        if (!upstream.enter()) {
            return false;
        }
        Request request =
                client.hasBody() ? new RateCheckedRequest(client.request(), settings.requestBody()) : client.request();
        ClientExchange counted =
                new ClientExchange(request, client.response(), client.callback()).then(upstream::leave);
        Optional<Refusal> refusal = guarded.refusal(client.request().getHeaders());
        if (refusal.isPresent()) {
            responses.refuse(counted, refusal.get(), Optional.empty());
            return true;
        }
        if (responses.preflight(counted)) {
            return true;
        }
        client.request().addIdleTimeoutListener(quiet -> false); // the upstream's timeout is the one that counts
        @Nullable RouteRules protecting = rules.get(client.request().getMethod());
        if (protecting == null) {
            counters.passed();
            passing.pass(counted, BufferedBody.UNREAD);
        } else {
            elsewhere(counted, protecting, () -> begin(counted, protecting));
        }
        return true;
    }

    private void elsewhere(ClientExchange client, RouteRules protecting, Runnable step) {
        try {
            client.request().getComponents().getExecutor().execute(step);
        } catch (RejectedExecutionException full) {
            protecting.turnedAway(Outcome.OVERLOADED);
            responses.refuse(client, RefusalProblems.overloaded(null), Optional.empty());
        }
    }

    /**
     * Every failure gets a response: nothing else on this thread would send one, and the client would wait without end.
     */
    private void begin(ClientExchange counted, RouteRules protecting) {
        BodyReservation reservation = memory.reservation();
        ClientExchange client = counted.heldIn(reservation);
        try {
            protect(client, protecting, reservation);
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("a request to {} failed in the gateway", settings.prefix(), e);
            responses.refuse(client, FailureResponses.internal(null), Optional.empty());
        }
    }

    private void protect(ClientExchange client, RouteRules protecting, BodyReservation reservation) {
        GatewayRequest unread = new GatewayRequest(client.request(), BufferedBody.UNREAD);
        Optional<Scope> caller = callers.scopeOf(client.request().getHeaders());
        Admission admission = protecting.admit(unread, caller);
        if (admission instanceof Admission.NeedsBody admitted) {
            new BodyReader(
                            client.request(),
                            settings.policy().maxRequestBody(),
                            reservation,
                            body -> decide(client, protecting, admitted, body),
                            failure -> {
                                protecting.turnedAway(admitted, Outcome.UNREADABLE);
                                unreadable(client, admitted.key(), failure);
                            })
                    .run();
        } else {
            Decision decision = ((Admission.Decided) admission).decision();
            if (decision instanceof Decision.Pass) {
                passing.pass(client, BufferedBody.UNREAD);
            } else {
                give(client, (Decision.Answered) decision);
            }
        }
    }

    private void unreadable(ClientExchange client, Optional<String> key, Throwable failure) {
        responses.refuse(client, FailureResponses.unreadable(failure, key.orElse(null)), key);
    }

    private void decide(ClientExchange client, RouteRules protecting, Admission.NeedsBody admitted, BufferedBody body) {
        try {
            Decision decision = protecting.decide(new GatewayRequest(client.request(), body), admitted);
            if (decision instanceof Decision.Pass) {
                passing.pass(client, body);
            } else if (decision instanceof Decision.Shadow shadow) {
                passing.passInShadow(client, body, shadow.lease());
            } else {
                follow(client, protecting, admitted, decision, body);
            }
        } catch (IOException | RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("a request to {} failed in the gateway", settings.prefix(), e);
            responses.refuse(client, FailureResponses.internal(admitted.key().orElse(null)), admitted.key());
        }
    }

    private void follow(
            ClientExchange client,
            RouteRules protecting,
            Admission.NeedsBody admitted,
            Decision decision,
            BufferedBody body) {
        if (decision instanceof Decision.Execute execute) {
            execution.begin(client, execute, body.bytes());
        } else if (decision instanceof Decision.TakenOver taken) {
            execution.recover(client, taken, body.bytes());
        } else if (decision instanceof Decision.Held held) {
            gate.pass(
                    client,
                    held.key(),
                    () -> execution.ask(client, held, () -> decide(client, protecting, admitted, body)));
        } else {
            give(client, (Decision.Answered) decision);
        }
    }

    private void give(ClientExchange client, Decision.Answered answer) {
        boolean revealing = !(answer instanceof Decision.Refuse refuse) || refuse.revealing();
        if (revealing) {
            gate.pass(client, answer.key(), () -> responses.give(client, answer));
        } else {
            responses.give(client, answer);
        }
    }
}
