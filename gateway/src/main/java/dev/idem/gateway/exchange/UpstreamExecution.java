package dev.idem.gateway.exchange;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.RecordedResponse;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.upstream.UpstreamCall;
import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.LeaseCompletion;
import dev.idem.http.decision.OutcomeResolver;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.trace.Tracing;
import java.util.Optional;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes a route's protected requests, and finds out about those of which nobody knows whether they took effect. Thread-safe. */
final class UpstreamExecution {
    private static final Logger log = LoggerFactory.getLogger(UpstreamExecution.class);
    private static final String ATTEMPT = "Idempotency-Attempt";

    private final RouteSettings route;
    private final UpstreamClient upstream;
    private final LeaseCompletion settlements;
    private final Tracing tracing;
    private final OutcomeResolver outcomes;
    private final OutcomeProbe probe;
    private final GatewayResponses answers;
    private final RouteCounters counters;
    private final RequestHead head;

    UpstreamExecution(
            RouteSettings route,
            UpstreamClient upstream,
            LeaseCompletion settlements,
            Tracing tracing,
            OutcomeResolver outcomes,
            OutcomeProbe probe,
            GatewayResponses answers,
            RouteCounters counters) {
        this.route = route;
        this.upstream = upstream;
        this.settlements = settlements;
        this.tracing = tracing;
        this.outcomes = outcomes;
        this.probe = probe;
        this.answers = answers;
        this.counters = counters;
        this.head = new RequestHead(route);
    }

    /** One that nobody has executed before. */
    void begin(ClientExchange client, Decision.Execute request, byte[] body) {
        LeaseOutcome settling = settling(request);
        guarded(client, settling, () -> execute(client, request, settling, body, true));
    }

    /** One whose owner died: it may have taken effect. */
    void recover(ClientExchange client, Decision.TakenOver taken, byte[] body) {
        Decision.Execute request = taken.execute();
        LeaseOutcome settling = settling(request);
        Optional<String> asked = route.policy().onUnknown() == OnUnknown.PROBE ? taken.key() : Optional.empty();
        guarded(
                client,
                settling,
                () -> probe.ask(
                        client,
                        asked,
                        finding -> guarded(client, settling, () -> settling.found(finding)
                                .ifPresentOrElse(
                                        answer -> answers.give(client, answer),
                                        () -> execute(client, request, settling, body, true)))));
    }

    /** Whatever goes wrong, the lease does not stay open: its heartbeats would lock the key for ever. */
    private void guarded(ClientExchange client, LeaseOutcome settling, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("{} failed in the gateway", settling.lease().id(), e);
            answers.give(client, settling.broken());
        }
    }

    /**
     * One whose key is held.
     *
     * @param again decides once more, now that the key is free
     */
    void ask(ClientExchange client, Decision.Held held, Runnable again) {
        if (route.policy().onUnknown() != OnUnknown.PROBE) {
            answers.give(client, held);
            return;
        }
        probe.ask(client, held.key(), finding -> {
            if (finding instanceof ProbeResult.Happened happened) {
                RecordedResponse answer = happened.answer();
                outcomes.resolve(held.id(), Optional.of(answer));
                answers.give(client, new Decision.Replay(answer, held.key()));
            } else if (finding instanceof ProbeResult.DidNot) {
                outcomes.resolve(held.id(), Optional.empty());
                again.run();
            } else {
                answers.give(client, held);
            }
        });
    }

    private LeaseOutcome settling(Decision.Execute request) {
        return new LeaseOutcome(request, route.policy(), settlements, counters);
    }

    /** @param again whether it may be sent once more if nothing of it has left */
    private void execute(
            ClientExchange client, Decision.Execute request, LeaseOutcome settling, byte[] body, boolean again) {
        Optional<UpstreamCall> call = upstream.call(client.request().getMethod(), client.target(), route.timeout());
        if (call.isEmpty()) {
            answers.give(client, settling.busy(upstream.pause()));
            return;
        }
        call.get().request().headers(headers -> write(client, request, headers));
        if (client.hasBody()) {
            call.get().request().body(new BytesRequestContent((String) null, body));
        }
        Optional<Runnable> once = again
                ? Optional.of(() -> guarded(client, settling, () -> execute(client, request, settling, body, false)))
                : Optional.empty();
        call.get()
                .send(new ProtectedExchange(
                        client,
                        call.get(),
                        answers,
                        settling,
                        probe,
                        once,
                        route.policy().stored().maxBody()));
    }

    /** The client's headers, and beside them the key and how often the request may have been executed before. */
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
