package dev.idem.core.engine.strategy;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import java.util.Optional;

/**
 * What a store has that all nodes reach, but that need not be authoritative. Thread-safe. Nothing here throws because
 * that store is unavailable.
 */
public interface SharedAnswers {

    /** What a claim would be told. Empty says nothing about the record. */
    Optional<Claim> find(ClaimRequest request);

    /**
     * Writes an answer, unless there is one.
     *
     * @return whether the record has an answer there now
     */
    boolean share(Lease lease, Answer answer);

    /** No answers. */
    SharedAnswers NONE = new SharedAnswers() {
        @Override
        public Optional<Claim> find(ClaimRequest request) {
            return Optional.empty();
        }

        @Override
        public boolean share(Lease lease, Answer answer) {
            return false;
        }
    };
}
