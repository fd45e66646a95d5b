package dev.idem.core.engine.strategy;

import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.IdempotencyStore;

/**
 * How a lease ended in one store.
 *
 * @param outcome what became of the answer
 * @param lease the lease under which it was stored; not the caller's if the store had lost the record
 */
record CompletionAttempt(CompletionOutcome outcome, Lease lease) {

    /**
     * Completes the lease in the authoritative store. If that store does not know the lease, the same owner claims
     * again and completes at once. A record that another owner holds stays untouched.
     */
    static CompletionAttempt in(IdempotencyStore store, Lease lease, Answer answer) {
        if (store.complete(lease, answer)) {
            return new CompletionAttempt(new CompletionOutcome.Stored(), lease);
        }
        Claim claim = store.claim(lease.request());
        if (claim instanceof Claim.Acquired again && store.complete(again.lease(), answer)) {
            return new CompletionAttempt(new CompletionOutcome.Stored(), again.lease());
        }
        return new CompletionAttempt(new CompletionOutcome.Fenced(claim), lease);
    }

    boolean isStored() {
        return outcome instanceof CompletionOutcome.Stored;
    }
}
