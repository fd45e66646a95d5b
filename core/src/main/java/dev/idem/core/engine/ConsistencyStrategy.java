package dev.idem.core.engine;

import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;

/** Decides who executes, with the stores that it takes for it. Thread-safe. */
interface ConsistencyStrategy {

    /**
     * @throws dev.idem.core.store.StoreUnavailableException if no store can be asked and the policy says that nothing
     *     executes then
     */
    Claim claim(ClaimRequest request, OnStoreFailure onStoreFailure);

    /**
     * A heartbeat.
     *
     * @return false if the lease is lost
     * @throws dev.idem.core.store.StoreUnavailableException if it did not arrive
     */
    boolean renew(Lease lease);

    /**
     * Stores the answer; a record in another's hands is respected. May be called again.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if no store could take it
     */
    CompletionOutcome complete(Lease lease, Answer answer);

    /** The durable store has committed the answer together with the effect; others are told. Never throws for a store's failure. */
    void committed(Lease lease, Answer answer);

    /**
     * The durable store refused to commit the answer: what stands there instead.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if the durable store is unavailable
     */
    Claim refused(Lease lease);

    /** Frees the key. Where the store cannot be asked the record goes stale, and a repeat takes over after that. */
    void abandon(Lease lease);
}
