package dev.idem.gateway.exchange;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.RecordedResponse;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.header.RequestHead;
import dev.idem.gateway.probe.OutcomeProbe;
import dev.idem.gateway.probe.ProbeResult;
import dev.idem.gateway.response.ContentEncodings;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.upstream.UpstreamCall;
import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.completion.OutcomeResolver;
import dev.idem.http.decision.Decision;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.trace.Tracing;
import java.util.Optional;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes a route's protected requests, and resolves those whose outcome is unknown. Thread-safe. */
final class UpstreamExecution {
    private static final Logger log = LoggerFactory.getLogger(UpstreamExecution.class);
    private static final String ATTEMPT = "Idempotency-Attempt";

    private final RouteSettings route;
    private final UpstreamClient upstream;
    private final LeaseCompletion completion;
    private final Tracing tracing;
    private final OutcomeResolver outcomes;
    private final OutcomeProbe probe;
    private final GatewayResponses responses;
    private final RouteCounters counters;
    private final RequestHead head;

    UpstreamExecution(
            RouteSettings route,
            UpstreamClient upstream,
            LeaseCompletion completion,
            Tracing tracing,
            OutcomeResolver outcomes,
            OutcomeProbe probe,
            GatewayResponses responses,
            RouteCounters counters) {
        this.route = route;
        this.upstream = upstream;
        this.completion = completion;
        this.tracing = tracing;
        this.outcomes = outcomes;
        this.probe = probe;
        this.responses = responses;
        this.counters = counters;
        this.head = new RequestHead(route);
    }

    /** A request that has not been executed before. */
    void begin(ClientExchange client, Decision.Execute request, byte[] body) {
        LeaseOutcome outcome = outcomeOf(request);
        guarded(client, outcome, () -> execute(client, request, outcome, body, true));
    }

    /** A request whose owner died: it may have taken effect. */
    void recover(ClientExchange client, Decision.TakenOver taken, byte[] body) {
        Decision.Execute request = taken.execute();
        LeaseOutcome outcome = outcomeOf(request);
        Optional<String> asked = route.policy().onUnknown() == OnUnknown.PROBE ? taken.key() : Optional.empty();
        guarded(
                client,
                outcome,
                () -> probe.ask(
                        client,
                        asked,
                        result -> guarded(client, outcome, () -> outcome.found(result)
                                .ifPresentOrElse(
                                        answer -> responses.give(client, answer),
                                        () -> execute(client, request, outcome, body, true)))));
    }

    /** Whatever fails, the lease does not stay open: its heartbeats would lock the key without end. */
    private void guarded(ClientExchange client, LeaseOutcome outcome, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("{} failed in the gateway", outcome.lease().id(), e);
            responses.give(client, outcome.broken());
        }
    }

    /**
     * A request whose key is held.
     *
     * @param again repeats the decision after the key has been freed
     */
    void ask(ClientExchange client, Decision.Held held, Runnable again) {
        if (route.policy().onUnknown() != OnUnknown.PROBE) {
            responses.give(client, held);
            return;
        }
        probe.ask(client, held.key(), result -> {
            if (result instanceof ProbeResult.Happened happened) {
                RecordedResponse answer = happened.answer();
                outcomes.resolve(held.id(), Optional.of(answer));
                responses.give(client, new Decision.Replay(answer, held.key()));
            } else if (result instanceof ProbeResult.DidNot) {
                outcomes.resolve(held.id(), Optional.empty());
                again.run();
            } else {
                responses.give(client, held);
            }
        });
    }

    private LeaseOutcome outcomeOf(Decision.Execute request) {
        return new LeaseOutcome(request, route.policy(), completion, counters);
    }

    /** @param again whether it may be sent again if none of it has been sent */
    private void execute(
            ClientExchange client, Decision.Execute request, LeaseOutcome outcome, byte[] body, boolean again) {
        Optional<UpstreamCall> call = upstream.call(client.request().getMethod(), client.target(), route.timeout());
        if (call.isEmpty()) {
            responses.give(client, outcome.busy(upstream.pause()));
            return;
        }
        call.get().request().headers(headers -> write(client, request, headers));
        if (client.hasBody()) {
            call.get().request().body(new BytesRequestContent((String) null, body));
        }
        Optional<Runnable> once = again
                ? Optional.of(() -> guarded(client, outcome, () -> execute(client, request, outcome, body, false)))
                : Optional.empty();
        call.get()
                .send(new ProtectedExchange(
                        client,
                        call.get(),
                        responses,
                        outcome,
                        probe,
                        once,
                        route.policy().stored().maxBody()));
    }

    /** The client's headers, the key, and the attempt. */
    private void write(ClientExchange client, Decision.Execute request, HttpFields.Mutable headers) {
        head.write(client.request(), headers);
        tracing.headersFor(request.lease()).forEach(headers::put);
        headers.put(ATTEMPT, String.valueOf(request.lease().attempt()));
        if (request.key().isPresent() && route.upstreamKeyHeader().isPresent()) {
            headers.remove(route.policy().keys().header());
            headers.put(route.upstreamKeyHeader().get(), request.key().get());
        }
        if (headers.contains(HttpHeader.ACCEPT_ENCODING)) {
            headers.put(HttpHeader.ACCEPT_ENCODING, ContentEncodings.asked(headers));
        }
    }
}
