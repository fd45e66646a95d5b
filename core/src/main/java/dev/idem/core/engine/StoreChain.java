package dev.idem.core.engine;

import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores in the order in which they decide: the first that can be asked does, this process's memory at the end. */
final class StoreChain {
    private static final Logger log = LoggerFactory.getLogger(StoreChain.class);

    private final List<GuardedStore> stores;
    private final IdempotencyStore memory;

    StoreChain(List<GuardedStore> stores, IdempotencyStore memory) {
        this.stores = List.copyOf(stores);
        this.memory = memory;
    }

    /** @throws StoreUnavailableException if no store can be asked and the policy says that nothing executes then */
    Claim claim(ClaimRequest request, OnStoreFailure onStoreFailure) {
        StoreUnavailableException last = new StoreUnavailableException("none", "no store is configured");
        for (IdempotencyStore store : stores) {
            try {
                return store.claim(request);
            } catch (StoreUnavailableException e) {
                last = e;
            }
        }
        if (onStoreFailure == OnStoreFailure.CLOSED) {
            throw last;
        }
        return memory.claim(request);
    }

    /**
     * A heartbeat with the store that gave the lease.
     *
     * @throws StoreUnavailableException if it cannot be asked
     */
    boolean renew(Lease lease) {
        return storeOf(lease).renew(lease);
    }

    /**
     * Stores the answer where the lease was given or, if that store is gone or has lost the record, where the claim can
     * be made good: the same owner claims again and completes at once, so that a record in another's hands is respected.
     */
    Settlement complete(Lease lease, Answer answer) {
        try {
            return completeIn(storeOf(lease), lease, answer);
        } catch (StoreUnavailableException e) {
            log.warn("{}: its answer goes to the next store: {}", lease.id(), e.getMessage());
        }
        for (IdempotencyStore store : stores) {
            if (!store.name().equals(lease.store())) {
                try {
                    return reclaimAndComplete(store, lease, answer);
                } catch (StoreUnavailableException e) {
                    log.warn("{}: its answer goes to the next store: {}", lease.id(), e.getMessage());
                }
            }
        }
        return reclaimAndComplete(memory, lease, answer);
    }

    /** Frees the key. Where the store cannot be asked the record goes stale, and a repeat takes over after that. */
    void abandon(Lease lease) {
        try {
            storeOf(lease).abandon(lease);
        } catch (StoreUnavailableException e) {
            log.warn("{} stays locked until its lock time-out: {}", lease.id(), e.getMessage());
        }
    }

    void probe() {
        stores.forEach(GuardedStore::probe);
    }

    private static Settlement completeIn(IdempotencyStore store, Lease lease, Answer answer) {
        return store.complete(lease, answer) ? new Settlement.Stored() : reclaimAndComplete(store, lease, answer);
    }

    private static Settlement reclaimAndComplete(IdempotencyStore store, Lease lease, Answer answer) {
        Claim claim = store.claim(lease.request());
        if (claim instanceof Claim.Acquired acquired && store.complete(acquired.lease(), answer)) {
            return new Settlement.Stored();
        }
        return new Settlement.Fenced(claim);
    }

    private IdempotencyStore storeOf(Lease lease) {
        return stores.stream()
                .filter(store -> store.name().equals(lease.store()))
                .<IdempotencyStore>map(store -> store)
                .findFirst()
                .orElse(memory);
    }
}
