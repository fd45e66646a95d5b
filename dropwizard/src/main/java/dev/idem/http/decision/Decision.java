package dev.idem.http.decision;

import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import java.util.Optional;

/** What is done with a request. */
public sealed interface Decision {

    /** It executes and nothing protects it. */
    record Pass() implements Decision {}

    /** It executes as if nothing were there, and then the {@linkplain LeaseCompletion#shadowed lease is ended} for those who count. */
    record Shadow(Lease lease) implements Decision {}

    /**
     * It executes, and then the lease is {@linkplain LeaseCompletion settled}.
     *
     * @param key the client's, if it sent one
     */
    record Execute(Lease lease, Optional<String> key) implements Decision {}

    /**
     * The one who executed it died, and the policy does not let it simply execute once more. The lease is settled by whoever
     * finds out more, or {@linkplain LeaseCompletion#hold held}.
     */
    record TakenOver(Lease lease, Optional<String> key) implements Decision {

        /** For one that did not take effect. */
        public Execute execute() {
            return new Execute(lease, key);
        }
    }

    /** It does not execute. */
    sealed interface Answered extends Decision permits Replay, Refuse, Held {

        /** The client's key, which its answer repeats; empty if it sent none, or one that cannot be read. */
        Optional<String> key();

        /** What turns it away; empty for a replay. */
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
     * It is turned away.
     *
     * @param revealing whether this tells the caller that there is a record of an earlier request
     */
    record Refuse(Refusal refusal, Optional<String> key, boolean revealing) implements Answered {}

    /** It is turned away because nobody knows whether the first one took effect. */
    record Held(RecordId id, Optional<String> key) implements Answered {

        public Refusal refusal() {
            return RefusalProblems.notStored(key.orElse(null), AnswerNotStored.Reason.OUTCOME_UNKNOWN);
        }
    }
}
