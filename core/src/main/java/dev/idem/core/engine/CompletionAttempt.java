package dev.idem.core.engine;

import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.store.IdempotencyStore;

/**
 * How a lease ended in one store.
 *
 * @param settlement what became of the answer
 * @param lease under which it was stored; another one than the caller's where the store had lost the record
 */
record CompletionAttempt(CompletionOutcome settlement, Lease lease) {

    /**
     * Completes the lease in the store that decides now. If that one does not know it, the same owner claims again and
     * completes at once, so that a record in another's hands is respected.
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
        return settlement instanceof CompletionOutcome.Stored;
    }
}
