package dev.idem.gateway.exchange;

import dev.idem.core.record.Answer;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordedResponse;
import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.LeaseCompletion;
import dev.idem.http.decision.Refusal;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.RoutePolicy;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the lease of one request, once, with what came of its upstream. Blocks while the stores are asked. */
final class LeaseOutcome {
    private static final Logger log = LoggerFactory.getLogger(LeaseOutcome.class);

    private final Decision.Execute request;
    private final RoutePolicy policy;
    private final LeaseCompletion settlements;
    private final RouteCounters counters;
    private boolean settled;

    LeaseOutcome(Decision.Execute request, RoutePolicy policy, LeaseCompletion settlements, RouteCounters counters) {
        this.request = request;
        this.policy = policy;
        this.settlements = settlements;
        this.counters = counters;
    }

    Lease lease() {
        return request.lease();
    }

    Optional<String> key() {
        return request.key();
    }

    /** @return what the client gets instead, if anything */
    Optional<Decision.Answered> answered(RecordedResponse answer) {
        if (!policy.stored().keeps(answer.status())) {
            abandon(answer.status());
            return Optional.empty();
        }
        return complete(policy.stored().asKept(answer));
    }

    /** @return what the client gets instead, if anything */
    Optional<Decision.Answered> tooLarge(int status) {
        if (!policy.stored().keeps(status)) {
            abandon(status);
            return Optional.empty();
        }
        Optional<Decision.Answered> instead = settlements.complete(
                request, policy.engine().onStoreFailure(), new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE));
        settled = true;
        return instead;
    }

    /** Notes that there is no answer; true if the upstream is to be asked whether the request took effect. */
    boolean failed(UpstreamFailure failure) {
        counters.failed(failure.kind());
        log.info(
                "{} has no answer of its upstream ({}): {}",
                lease().id(),
                failure.kind(),
                String.valueOf(failure.cause()));
        boolean isKnown = failure.nothingSent() || failure.status().isPresent();
        return !isKnown && policy.onUnknown() == OnUnknown.PROBE;
    }

    /** Nothing was sent, the answer's status says what came of it, or the policy says what becomes of it when nobody knows. */
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

    /** The answer broke off after it had been put down that it is too large to keep. */
    Decision.Answered cutShort(UpstreamFailure failure) {
        counters.failed(failure.kind());
        return refuse(FailureResponses.unwritable(key().orElse(null)));
    }

    /** There was no answer, and the upstream was asked. */
    Decision.Answered found(ProbeResult finding, UpstreamFailure failure) {
        if (finding instanceof ProbeResult.NotKnown) {
            hold();
            return refuse(FailureResponses.of(failure, key().orElse(null), OnUnknown.HOLD));
        }
        return found(finding).orElseGet(() -> {
            abandon();
            return refuse(FailureResponses.withoutEffect(failure, key().orElse(null)));
        });
    }

    /** @return empty if the request took no effect: it executes under this lease, or frees the key */
    Optional<Decision.Answered> found(ProbeResult finding) {
        if (finding instanceof ProbeResult.DidNot) {
            return Optional.empty();
        }
        return Optional.of(
                finding instanceof ProbeResult.Happened happened
                        ? complete(policy.stored().asKept(happened.answer()))
                                .orElseGet(() -> new Decision.Replay(happened.answer(), key()))
                        : hold());
    }

    /** The upstream is not even asked, for a pause of this length at the most. */
    Decision.Answered busy(Duration pause) {
        counters.failed(UpstreamFailure.Kind.BUSY);
        abandon();
        return refuse(FailureResponses.busy(key().orElse(null), pause));
    }

    /** We have failed, and not the upstream, after the request was sent: it may have taken effect. */
    Decision.Answered lost() {
        finish(() -> {
            Optional<Decision.Answered> unused = complete(new AnswerNotStored(AnswerNotStored.Reason.FAILED));
        });
        return refuse(FailureResponses.internal(key().orElse(null)));
    }

    /** We have failed before anything was sent. */
    Decision.Answered broken() {
        finish(this::abandon);
        return refuse(FailureResponses.internal(key().orElse(null)));
    }

    /** The client is answered even if this fails, too. */
    private void finish(Runnable settle) {
        if (settled) {
            return;
        }
        try {
            settle.run();
        } catch (RuntimeException e) {
            log.error("{} could not be settled; a repeat takes it over", lease().id(), e);
        }
    }

    private Decision.Answered refuse(Refusal refusal) {
        return new Decision.Refuse(refusal, key(), false);
    }

    private Optional<Decision.Answered> complete(Answer answer) {
        Optional<Decision.Answered> instead =
                settlements.complete(request, policy.engine().onStoreFailure(), answer);
        settled = true;
        return instead;
    }

    private Decision.Answered hold() {
        Decision.Answered held = settlements.hold(request, policy.engine().onStoreFailure());
        settled = true;
        return held;
    }

    private void abandon(int status) {
        settlements.abandon(lease(), status);
        settled = true;
    }

    private void abandon() {
        settlements.abandon(lease());
        settled = true;
    }
}
