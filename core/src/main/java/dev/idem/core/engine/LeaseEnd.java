package dev.idem.core.engine;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.engine.near.NearCache;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.engine.strategy.ConsistencyStrategy;
import dev.idem.core.engine.waiting.RepeatWaiters;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a lease ends: with an answer, or because its request took no effect. Then its heartbeats end, it frees a place in
 * its scope, and the waiters are woken. Thread-safe.
 */
final class LeaseEnd {
    private static final Logger log = LoggerFactory.getLogger(LeaseEnd.class);

    private final EngineListener listener;
    private final EngineBackend stores;
    private final LeaseKeeper leases;
    private final ScopeBounds bounds;
    private final RepeatWaiters waiters;
    private final UnstoredAnswers unstored;

    LeaseEnd(
            EngineListener listener,
            EngineBackend stores,
            LeaseKeeper leases,
            ScopeBounds bounds,
            RepeatWaiters waiters) {
        this.listener = listener;
        this.stores = stores;
        this.leases = leases;
        this.bounds = bounds;
        this.waiters = waiters;
        this.unstored = new UnstoredAnswers(stores.memory(), this::letGo);
    }

    /** As {@link IdempotencyEngine#complete}. */
    CompletionOutcome complete(Lease lease, Answer answer) {
        NearCache.Asked asked = stores.near().asking();
        CompletionOutcome outcome = store(lease, answer);
        if (outcome instanceof CompletionOutcome.Stored) {
            stores.near().remember(lease.request(), answer, asked);
        }
        if (outcome instanceof CompletionOutcome.InMemoryOnly) {
            bounds.ended(lease);
            waiters.wake(lease.id());
            return outcome;
        }
        letGo(lease);
        if (outcome instanceof CompletionOutcome.Fenced) {
            log.warn("{}: a late answer was refused, another owner had taken over", lease.id());
            listener.fenced(lease);
        }
        return outcome;
    }

    private CompletionOutcome store(Lease lease, Answer answer) {
        ConsistencyStrategy strategy = strategyOf(lease);
        try {
            return strategy.complete(lease, answer);
        } catch (StoreUnavailableException e) {
            log.warn("{}: no store can take its answer, which stays in memory: {}", lease.id(), e.getMessage());
            return unstored.keep(lease, answer, strategy);
        }
    }

    /** As {@link IdempotencyEngine#completeAtomically}. */
    CompletionOutcome completeAtomically(Lease lease, Answer answer, BooleanSupplier commit) {
        NearCache.Asked asked = stores.near().asking();
        boolean committed;
        try {
            committed = commit.getAsBoolean();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            abandon(lease);
            throw e;
        }
        try {
            if (committed) {
                strategyOf(lease).committed(lease, answer);
                stores.near().remember(lease.request(), answer, asked);
                return new CompletionOutcome.Stored();
            }
            log.warn("{}: a late transaction was rolled back, another owner had taken over", lease.id());
            listener.fenced(lease);
            return new CompletionOutcome.Fenced(strategyOf(lease).refused(lease));
        } finally {
            letGo(lease);
        }
    }

    /** As {@link IdempotencyEngine#awaitDurable}. */
    void awaitDurable(Lease lease) {
        strategyOf(lease).awaitDurable(lease);
    }

    /** As {@link IdempotencyEngine#abandon}. */
    void abandon(Lease lease) {
        try {
            strategyOf(lease).abandon(lease);
        } finally {
            letGo(lease);
        }
    }

    /** The answer of an earlier owner on this node that no store could take, and that now waits under this lease. */
    Optional<Answer> adoptUnstored(Lease lease) {
        return unstored.adopt(lease);
    }

    /** Offers the stores what they could not take. Never throws because a store is unavailable. */
    void offerUnstored() {
        unstored.runOnce();
    }

    /** How many answers no store could take. */
    int unstored() {
        return unstored.size();
    }

    private ConsistencyStrategy strategyOf(Lease lease) {
        return stores.of(lease.request().consistency());
    }

    private void letGo(Lease lease) {
        leases.release(lease);
        bounds.ended(lease);
        if (lease.store().equals(MemoryStore.NAME)) {
            // A store that is available again may have its answer; the copy in memory would hide it.
            stores.memory().abandon(lease);
        }
        waiters.wake(lease.id());
    }
}
