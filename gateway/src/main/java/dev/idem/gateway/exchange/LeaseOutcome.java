package dev.idem.gateway.exchange;

import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.gateway.probe.ProbeResult;
import dev.idem.gateway.response.FailureResponses;
import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.decision.Decision;
import dev.idem.http.log.LoggedFailure;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.http.problem.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the lease of one request, once, by what the upstream did. Blocks while a store is called. */
final class LeaseOutcome {
    private static final Logger log = LoggerFactory.getLogger(LeaseOutcome.class);

    private final Decision.Execute request;
    private final RoutePolicy policy;
    private final LeaseCompletion completion;
    private final RouteCounters counters;
    private boolean ended;

    LeaseOutcome(Decision.Execute request, RouteParts route) {
        this.request = request;
        this.policy = route.settings().policy();
        this.completion = route.completion();
        this.counters = route.counters();
    }

    Decision.Execute request() {
        return request;
    }

    Lease lease() {
        return request.lease();
    }

    Optional<String> key() {
        return request.key();
    }

    /** @return what the client gets instead, if anything */
    Optional<Decision.Answered> answered(RecordedResponse answer) {
        request.count().executed();
        Optional<Decision.Answered> instead = completion.answered(request, answer);
        ended = true;
        return instead;
    }

    /** @return what the client gets instead, if anything */
    Optional<Decision.Answered> tooLarge(int status) {
        request.count().executed();
        Optional<Decision.Answered> instead = completion.tooLarge(request, status);
        ended = true;
        return instead;
    }

    /**
     * Records that there was no response. Returns true if the upstream is to be asked whether the request took effect.
     */
    boolean failed(UpstreamFailure failure) {
        counters.failed(failure.kind());
        if (failure.nothingSent()) {
            request.count().notReached();
        } else {
            request.count().executed();
        }
        log.info(
                "{} got no response from its upstream ({}): {}",
                lease().id(),
                failure.kind(),
                LoggedFailure.of(failure.cause()).getMessage());
        boolean isKnown = failure.nothingSent() || failure.status().isPresent();
        return !isKnown && policy.onUnknown() == OnUnknown.PROBE;
    }

    /** The outcome is known if nothing was sent, or if the status says what happened. Otherwise the policy decides. */
    Decision.Answered unanswered(UpstreamFailure failure) {
        if (failure.status().isPresent()) {
            return tooLarge(failure.status().getAsInt())
                    .orElseGet(() -> refuse(FailureResponses.of(failure, key().orElse(null), policy.onUnknown())));
        }
        if (failure.nothingSent() || policy.onUnknown() == OnUnknown.RELEASE) {
            abandon();
        } else {
            hold();
        }
        return refuse(FailureResponses.of(failure, key().orElse(null), policy.onUnknown()));
    }

    /** The response broke off after it had been recorded as too large to store. */
    Decision.Answered cutShort(UpstreamFailure failure) {
        counters.failed(failure.kind());
        return refuse(FailureResponses.unwritable(key().orElse(null)));
    }

    /** There was no response, and the upstream was asked. */
    Decision.Answered found(ProbeResult result, UpstreamFailure failure) {
        if (result instanceof ProbeResult.NotKnown) {
            hold();
            return refuse(FailureResponses.of(failure, key().orElse(null), OnUnknown.HOLD));
        }
        return found(result).orElseGet(() -> {
            abandon();
            return refuse(FailureResponses.withoutEffect(failure, key().orElse(null)));
        });
    }

    /** @return empty if the request took no effect: it executes under this lease, or frees the key */
    Optional<Decision.Answered> found(ProbeResult result) {
        if (result instanceof ProbeResult.DidNot) {
            return Optional.empty();
        }
        return Optional.of(
                result instanceof ProbeResult.Happened happened
                        ? complete(happened.answer()).orElseGet(() -> new Decision.Replay(happened.answer(), key()))
                        : hold());
    }

    /** The upstream is not called for at most this long. */
    Decision.Answered busy(Duration pause) {
        counters.failed(UpstreamFailure.Kind.BUSY);
        request.count().notReached();
        abandon();
        return refuse(FailureResponses.busy(key().orElse(null), pause));
    }

    /** The gateway failed, not the upstream, after the request was sent: it may have taken effect. */
    Decision.Answered lost() {
        request.count().executed();
        finish(() -> {
            Optional<Decision.Answered> unused = complete(new AnswerNotStored(AnswerNotStored.Reason.FAILED));
        });
        return refuse(FailureResponses.internal(key().orElse(null)));
    }

    /** The gateway failed before anything was sent. */
    Decision.Answered broken() {
        request.count().notReached();
        finish(this::abandon);
        return refuse(FailureResponses.internal(key().orElse(null)));
    }

    /** The client gets a response even if this fails. */
    private void finish(Runnable end) {
        if (ended) {
            return;
        }
        try {
            end.run();
        } catch (RuntimeException e) {
            log.error("{} could not be completed; a repeat takes it over", lease().id(), e);
        }
    }

    private Decision.Answered refuse(Refusal refusal) {
        return new Decision.Refuse(refusal, key(), false);
    }

    private Optional<Decision.Answered> complete(Answer answer) {
        Optional<Decision.Answered> instead = completion.complete(request, answer);
        ended = true;
        return instead;
    }

    private Decision.Answered hold() {
        Decision.Answered held = completion.hold(request);
        ended = true;
        return held;
    }

    private void abandon() {
        completion.abandon(lease());
        ended = true;
    }
}
