package dev.idem.http.decision;

import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.http.problem.Refusal;
import dev.idem.http.problem.RefusalProblems;
import java.util.Optional;

/** What the server does with a request. */
public sealed interface Decision {

    /** It executes without a lease. */
    record Pass() implements Decision {}

    /** It executes as if the layer were off; its lease is ended afterwards, for the metrics. */
    record Shadow(Lease lease) implements Decision {}

    /**
     * It executes, and then its lease is completed or abandoned.
     *
     * @param key the client's, if it sent one
     * @param count is told whether it was executed
     */
    record Execute(Lease lease, Optional<String> key, ExecutionCount count) implements Decision {}

    /**
     * Its former owner died, and the policy does not simply execute it again: it is resolved first, or held. It has been
     * counted as that.
     */
    record TakenOver(Lease lease, Optional<String> key, ExecutionCount count) implements Decision {

        /** For a request that took no effect. */
        public Execute execute() {
            return new Execute(lease, key, count);
        }
    }

    /** It does not execute. */
    sealed interface Answered extends Decision permits Replay, Refuse, Held {

        /** The client's key, which the response repeats; empty if it sent none or a malformed one. */
        Optional<String> key();

        /** Whether the response tells the caller that there was an earlier request. */
        default boolean revealing() {
            return true;
        }

        /** Why it is refused; empty for a replay. */
        default Optional<Refusal> refusalIfAny() {
            if (this instanceof Refuse refuse) {
                return Optional.of(refuse.refusal());
            }
            return this instanceof Held held ? Optional.of(held.refusal()) : Optional.empty();
        }
    }

    /** It is given the first answer. */
    record Replay(RecordedResponse response, Optional<String> key) implements Answered {}

    /**
     * It is refused.
     *
     * @param revealing whether the refusal tells the caller that there was an earlier request
     */
    record Refuse(Refusal refusal, Optional<String> key, boolean revealing) implements Answered {}

    /** It is refused because it is unknown whether the first request took effect. */
    record Held(RecordId id, Optional<String> key) implements Answered {

        public Refusal refusal() {
            return RefusalProblems.notStored(key.orElse(null), AnswerNotStored.Reason.OUTCOME_UNKNOWN);
        }
    }
}
