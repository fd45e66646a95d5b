package dev.idem.gateway.probe;

import dev.idem.core.record.answer.RecordedResponse;
import java.util.Optional;

/** An upstream's word on a request whose outcome is unknown. */
public sealed interface ProbeResult {

    /** It took effect, and repeats get this answer. */
    record Happened(RecordedResponse answer) implements ProbeResult {}

    /** It took no effect. */
    record DidNot() implements ProbeResult {}

    /** The upstream does not say. */
    record NotKnown() implements ProbeResult {}

    /** @param answer the response to the probe */
    static ProbeResult of(Optional<RecordedResponse> answer) {
        int status = answer.map(RecordedResponse::status).orElse(0);
        if (status >= 200 && status < 300) {
            return new Happened(answer.orElseThrow());
        }
        return status == 404 || status == 410 ? new DidNot() : new NotKnown();
    }
}
