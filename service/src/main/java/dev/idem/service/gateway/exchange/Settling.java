package dev.idem.service.gateway.exchange;

import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordedResponse;
import dev.idem.dropwizard.decision.Decision;
import dev.idem.dropwizard.decision.Settlements;
import dev.idem.dropwizard.policy.RoutePolicy;
import dev.idem.service.gateway.upstream.UpstreamFailure;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the lease of one request, once, with what came of its upstream. Blocks while the stores are asked. */
final class Settling {
    private static final Logger log = LoggerFactory.getLogger(Settling.class);

    private final Decision.Execute request;
    private final RoutePolicy policy;
    private final Settlements settlements;
    private final RouteCounters counters;
    private boolean settled;

    Settling(Decision.Execute request, RoutePolicy policy, Settlements settlements, RouteCounters counters) {
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
            abandon();
            return Optional.empty();
        }
        Optional<Decision.Answered> instead =
                settlements.complete(request, policy.engine().onStoreFailure(), answer);
        settled = true;
        return instead;
    }

    /** @return what the client gets instead, if anything */
    Optional<Decision.Answered> tooLarge(int status) {
        if (!policy.stored().keeps(status)) {
            abandon();
            return Optional.empty();
        }
        Optional<Decision.Answered> instead = settlements.complete(
                request, policy.engine().onStoreFailure(), new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE));
        settled = true;
        return instead;
    }

    /** There is no answer. */
    Decision.Answered failed(UpstreamFailure failure) {
        counters.failed(failure);
        log.info(
                "{} has no answer of its upstream ({}): {}",
                lease().id(),
                failure.kind(),
                String.valueOf(failure.cause()));
        abandon();
        return refuse(Failures.of(failure, key().orElse(null), policy.onUnknown()));
    }

    /** The upstream is not even asked. */
    Decision.Answered busy() {
        abandon();
        return refuse(Failures.busy(key().orElse(null)));
    }

    /** We have failed, and not the upstream. */
    Decision.Answered broken() {
        if (!settled) {
            abandon();
        }
        return refuse(Failures.internal(key().orElse(null)));
    }

    private Decision.Answered refuse(dev.idem.dropwizard.decision.Refusal refusal) {
        return new Decision.Refuse(refusal, key(), false);
    }

    private void abandon() {
        settlements.abandon(lease());
        settled = true;
    }
}
