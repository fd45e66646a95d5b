package dev.idem.gateway.exchange;

import dev.idem.core.record.RecordedResponse;
import java.util.Optional;

/** What an upstream says about a request of which nobody knows whether it took effect. */
sealed interface ProbeResult {

    /** It did, and this is what repeats are given. */
    record Happened(RecordedResponse answer) implements ProbeResult {}

    /** It did not. */
    record DidNot() implements ProbeResult {}

    /** It does not say. */
    record NotKnown() implements ProbeResult {}

    /** @param answer to the question for the request's effect */
    static ProbeResult of(Optional<RecordedResponse> answer) {
        int status = answer.map(RecordedResponse::status).orElse(0);
        if (status >= 200 && status < 300) {
            return new Happened(answer.orElseThrow());
        }
        return status == 404 || status == 410 ? new DidNot() : new NotKnown();
    }
}
