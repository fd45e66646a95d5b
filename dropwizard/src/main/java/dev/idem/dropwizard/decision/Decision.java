package dev.idem.dropwizard.decision;

import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordedResponse;
import java.util.Optional;

/** What is done with a request. */
public sealed interface Decision {

    /** It executes and nothing protects it. */
    record Pass() implements Decision {}

    /**
     * It executes, and then the lease is {@linkplain Settlements settled}.
     *
     * @param key the client's, if it sent one
     */
    record Execute(Lease lease, Optional<String> key) implements Decision {}

    /** It does not execute. */
    sealed interface Answered extends Decision permits Replay, Refuse {

        /** The client's key, which its answer repeats; empty if it sent none, or one that cannot be read. */
        Optional<String> key();
    }

    /** It is given the first answer. */
    record Replay(RecordedResponse response, Optional<String> key) implements Answered {}

    /**
     * It is turned away.
     *
     * @param revealing whether this tells the caller that there is a record of an earlier request
     */
    record Refuse(Refusal refusal, Optional<String> key, boolean revealing) implements Answered {}
}
