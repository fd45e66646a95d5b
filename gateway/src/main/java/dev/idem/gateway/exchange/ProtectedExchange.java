package dev.idem.gateway.exchange;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.gateway.client.BodyReader;
import dev.idem.gateway.client.BufferedBody;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.header.ResponseHead;
import dev.idem.gateway.probe.OutcomeProbe;
import dev.idem.gateway.probe.ProbeResult;
import dev.idem.gateway.response.FailureResponses;
import dev.idem.gateway.response.ResponseRecorder;
import dev.idem.gateway.upstream.UpstreamCall;
import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.decision.Admission;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.RouteRules;
import dev.idem.http.decision.outcome.Outcome;
import dev.idem.http.log.LoggedFailure;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.problem.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.client.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one protected request, from top to bottom: key, body, claim, execution, completion, answer. No byte of an
 * answer is sent before it is stored. Steps follow one another, each on a thread that may block while the stores work;
 * no thread waits for the client or the upstream.
 */
final class ProtectedExchange {
    private static final Logger log = LoggerFactory.getLogger(ProtectedExchange.class);

    private final RouteParts route;
    private final RouteRules rules;
    private final ClientExchange client;
    private final BodyReservation reservation;

    /** @param reservation for the bodies of the request and of its answer */
    ProtectedExchange(RouteParts route, RouteRules rules, ClientExchange client, BodyReservation reservation) {
        this.route = route;
        this.rules = rules;
        this.client = client;
        this.reservation = reservation;
    }

    /** Decides what can be decided by the key, before the body has come. */
    void begin() {
        guarded(Optional.empty(), () -> {
            Optional<Scope> caller = route.callers().scopeOf(client.request().getHeaders());
            Admission admission = rules.admit(new GatewayRequest(client.request(), BufferedBody.UNREAD), caller);
            if (admission instanceof Admission.NeedsBody admitted) {
                read(admitted);
            } else {
                follow(((Admission.Decided) admission).decision(), BufferedBody.UNREAD, () -> {});
            }
        });
    }

    private void read(Admission.NeedsBody admitted) {
        new BodyReader(
                        client.request(),
                        route.settings().policy().maxRequestBody(),
                        reservation,
                        body -> claim(admitted, body),
                        failure -> unreadable(admitted, failure))
                .run();
    }

    private void unreadable(Admission.NeedsBody admitted, Throwable failure) {
        rules.turnedAway(admitted, Outcome.UNREADABLE);
        refuse(FailureResponses.unreadable(failure, admitted.key().orElse(null)), admitted.key());
    }

    private void claim(Admission.NeedsBody admitted, BufferedBody body) {
        guarded(admitted.key(), () -> {
            Decision decision = rules.decide(new GatewayRequest(client.request(), body), admitted);
            follow(decision, body, () -> claim(admitted, body));
        });
    }

    /** @param again claims again, after a held key was freed */
    private void follow(Decision decision, BufferedBody body, Runnable again) {
        if (decision instanceof Decision.Pass) {
            route.passing().pass(client, body);
        } else if (decision instanceof Decision.Shadow shadow) {
            route.passing().passInShadow(client, body, shadow.lease());
        } else if (decision instanceof Decision.Execute execute) {
            LeaseOutcome outcome = new LeaseOutcome(execute, route);
            underLease(outcome, outcome::broken, () -> execute(outcome, body.bytes(), true));
        } else if (decision instanceof Decision.TakenOver taken) {
            LeaseOutcome outcome = new LeaseOutcome(taken.execute(), route);
            underLease(outcome, outcome::broken, () -> takeOver(outcome, body.bytes()));
        } else if (decision instanceof Decision.Held held) {
            route.authorization().pass(client, held.key(), () -> resolve(held, again));
        } else {
            route.authorization().answer(client, (Decision.Answered) decision);
        }
    }

    /** @param mayRepeat whether it may be sent again if none of it has been sent */
    private void execute(LeaseOutcome outcome, byte[] body, boolean mayRepeat) {
        Optional<UpstreamCall> call = route.calls().call(client, outcome.request(), body);
        if (call.isEmpty()) {
            route.responses().give(client, outcome.busy(route.calls().pause()));
            return;
        }
        Optional<Runnable> repeat = mayRepeat
                ? Optional.of(() -> underLease(outcome, outcome::broken, () -> execute(outcome, body, false)))
                : Optional.empty();
        call.get().send(new HeldResponse(this, client, call.get(), outcome, route, repeat));
    }

    /** Completes: stores the answer, and only then sends it. */
    void answered(LeaseOutcome outcome, Response upstream, byte[] body) {
        RecordedResponse answer = ResponseRecorder.of(upstream, body);
        Optional<Decision.Answered> instead = outcome.answered(answer);
        if (instead.isPresent()) {
            route.responses().give(client, instead.get());
            return;
        }
        ResponseHead.write(upstream, client.response());
        route.responses().describe(client, outcome.key());
        client.answerIs(answer.storedBody().length());
        client.response().write(true, ByteBuffer.wrap(answer.body()), client.callback());
    }

    /** Completes without a response. Where the policy says so, the upstream is asked whether the request took effect. */
    void failed(LeaseOutcome outcome, UpstreamFailure failure) {
        if (!outcome.failed(failure)) {
            route.responses().give(client, outcome.unanswered(failure));
            return;
        }
        OutcomeProbe probe = route.probe();
        probe.ask(
                client,
                outcome.key(),
                result -> underLease(outcome, outcome::lost, () -> {
                    route.responses().give(client, outcome.found(result, failure));
                }));
    }

    /** The key is held. The upstream may know whether the earlier request took effect. */
    private void resolve(Decision.Held held, Runnable again) {
        route.probe().ask(client, held.key(), result -> {
            if (result instanceof ProbeResult.Happened happened) {
                RecordedResponse answer = happened.answer();
                route.outcomes().resolve(held.id(), Optional.of(answer));
                route.responses().give(client, new Decision.Replay(answer, held.key()));
            } else if (result instanceof ProbeResult.DidNot) {
                route.outcomes().resolve(held.id(), Optional.empty());
                again.run();
            } else {
                route.responses().give(client, held);
            }
        });
    }

    /** The former owner died. Its request may have taken effect, which the upstream may know. */
    private void takeOver(LeaseOutcome outcome, byte[] body) {
        OutcomeProbe probe = route.probe();
        probe.ask(
                client,
                outcome.key(),
                result -> underLease(outcome, outcome::broken, () -> {
                    resume(outcome, result, body);
                }));
    }

    private void resume(LeaseOutcome outcome, ProbeResult result, byte[] body) {
        Optional<Decision.Answered> answer = outcome.found(result);
        if (answer.isPresent()) {
            route.responses().give(client, answer.get());
        } else {
            execute(outcome, body, true);
        }
    }

    /** Whatever fails, the lease does not stay open: its heartbeats would lock the key without end. */
    private void underLease(LeaseOutcome outcome, Supplier<Decision.Answered> otherwise, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("{} failed in the gateway", outcome.lease().id(), LoggedFailure.of(e));
            route.responses().give(client, otherwise.get());
        }
    }

    /** A step that may fail because the client does not send its body. */
    private interface Step {
        void run() throws IOException;
    }

    /** Every failure gets a response: nothing else would send one, and the client would wait without end. */
    private void guarded(Optional<String> key, Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("a request to {} failed in the gateway", route.settings().prefix(), LoggedFailure.of(e));
            refuse(FailureResponses.internal(key.orElse(null)), key);
        }
    }

    private void refuse(Refusal refusal, Optional<String> key) {
        route.responses().refuse(client, refusal, key);
    }
}
