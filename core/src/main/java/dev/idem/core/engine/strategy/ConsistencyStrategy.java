package dev.idem.core.engine.strategy;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import java.util.Optional;

/** Decides who executes, with the stores of one consistency. Thread-safe. */
public interface ConsistencyStrategy {

    /**
     * @throws dev.idem.core.store.StoreUnavailableException if no store is available and the policy then refuses
     *     requests
     */
    Claim claim(ClaimRequest request, OnStoreFailure onStoreFailure);

    /**
     * What the request would be told if it claimed; empty if it would acquire the record. Changes nothing.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if no store is available and the policy then refuses
     *     requests
     */
    Optional<Claim> find(ClaimRequest request, OnStoreFailure onStoreFailure);

    /**
     * A heartbeat.
     *
     * @return false if the lease is lost
     * @throws dev.idem.core.store.StoreUnavailableException if it did not arrive
     */
    boolean renew(Lease lease);

    /**
     * The same, but writes nothing to the durable store: a transaction there is about to complete the record, and would conflict
     * with a change of it. Where the durable store decides, the lease gets no heartbeat.
     *
     * @return false if the lease is lost
     * @throws dev.idem.core.store.StoreUnavailableException if it did not arrive
     */
    boolean renewBesideTransaction(Lease lease);

    /**
     * Waits a moment at most until the durable store has what this node has to say of the record, so that no such write comes
     * later. Never throws for a store's failure.
     */
    void awaitDurable(Lease lease);

    /**
     * Stores the answer, unless another owner holds the record. May be called again.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if no store could take it
     */
    CompletionOutcome complete(Lease lease, Answer answer);

    /**
     * Called after the durable store committed the answer together with the effect; updates the other stores. Never
     * throws for a store's failure.
     */
    void committed(Lease lease, Answer answer);

    /**
     * Returns what the durable store has instead of the answer that it refused to commit.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if the durable store is unavailable
     */
    Claim refused(Lease lease);

    /**
     * Writes an answer that no store could take to a store that is not authoritative, but responds: repeats on other
     * nodes are then replayed instead of executed. Never throws for a store's failure.
     *
     * @return whether it was written
     */
    boolean share(Lease lease, Answer answer);

    /**
     * The answer of this owner, or of an earlier one, that was {@linkplain #share shared}, if this process had no memory
     * to keep it. Never throws for a store's failure.
     *
     * @param kept what memory has
     */
    Answer whole(Lease lease, Answer kept);

    /** Frees the key. If the store is unavailable the record goes stale, and a repeat then takes over. */
    void abandon(Lease lease);
}
