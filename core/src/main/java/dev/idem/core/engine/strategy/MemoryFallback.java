package dev.idem.core.engine.strategy;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import java.util.Optional;
import java.util.function.Function;

/** The memory store, for when no other store is available. Thread-safe. */
public final class MemoryFallback {
    private final MemoryStore memory;
    private final Function<ClaimRequest, Optional<Claim>> stored;

    /**
     * @param stored looks in a store that is not authoritative, but may respond: an answer never changes. Empty says
     *     nothing about the record
     */
    public MemoryFallback(MemoryStore memory, Function<ClaimRequest, Optional<Claim>> stored) {
        this.memory = memory;
        this.stored = stored;
    }

    /**
     * Looks up what only this process knows. Call it before the stores, which receive this as soon as they are
     * available.
     *
     * @throws StoreUnavailableException if the policy allows no answers from memory
     */
    public Optional<Claim> knownHereAlone(ClaimRequest request, OnStoreFailure onStoreFailure) {
        if (!memory.knows(request.id())) {
            return Optional.empty();
        }
        Claim claim = memory.claim(request);
        if (claim instanceof Claim.Acquired acquired) {
            memory.abandon(acquired.lease()); // the record here ended without an answer
            return Optional.empty();
        }
        if (claim instanceof Claim.Replay && onStoreFailure == OnStoreFailure.CLOSED) {
            throw new StoreUnavailableException(MemoryStore.NAME, "the answer could not be stored yet");
        }
        return Optional.of(claim);
    }

    /** @throws StoreUnavailableException if the policy then refuses requests, or there is no memory for a new record */
    public Claim claim(ClaimRequest request, OnStoreFailure onStoreFailure, StoreUnavailableException why) {
        Optional<Claim> known = stored.apply(request);
        if (known.isPresent()) {
            return known.get();
        }
        if (onStoreFailure == OnStoreFailure.CLOSED) {
            throw why;
        }
        return memory.claim(request);
    }

    /**
     * What is known of the record without a claim. Call it after {@link #knownHereAlone}.
     *
     * @throws StoreUnavailableException if nothing is known, and the policy then refuses requests
     */
    public Optional<Claim> find(ClaimRequest request, OnStoreFailure onStoreFailure, StoreUnavailableException why) {
        Optional<Claim> known = stored.apply(request);
        if (known.isEmpty() && onStoreFailure == OnStoreFailure.CLOSED) {
            throw why;
        }
        return known;
    }

    public boolean granted(Lease lease) {
        return lease.store().equals(MemoryStore.NAME);
    }

    /** An answer that waits for a store needs no heartbeat, and its lease is not lost. */
    public boolean renew(Lease lease) {
        return memory.renew(lease) || memory.answerOf(lease).isPresent();
    }

    public void abandon(Lease lease) {
        memory.abandon(lease);
    }
}
