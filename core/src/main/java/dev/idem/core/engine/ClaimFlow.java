package dev.idem.core.engine;

import dev.idem.core.engine.near.NearCache;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.waiting.ClientLiveness;
import dev.idem.core.engine.waiting.RepeatWaiters;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.Scope;
import java.time.Duration;
import java.util.Optional;

/**
 * The way of a claim: the near cache, the authoritative store, then the wait for a running request. A lease that it
 * acquires gets heartbeats. Thread-safe.
 */
final class ClaimFlow {
    private final EngineListener listener;
    private final EngineBackend stores;
    private final LeaseKeeper leases;
    private final ScopeBounds bounds;
    private final RepeatWaiters waiters;
    private final LeaseEnd ends;

    ClaimFlow(
            EngineListener listener,
            EngineBackend stores,
            LeaseKeeper leases,
            ScopeBounds bounds,
            RepeatWaiters waiters,
            LeaseEnd ends) {
        this.listener = listener;
        this.stores = stores;
        this.leases = leases;
        this.bounds = bounds;
        this.waiters = waiters;
        this.ends = ends;
    }

    /** @param whose the caller's scope, to which the policy's bound applies */
    Claim claim(ClaimRequest request, Scope whose, Policy policy, ClientLiveness client) {
        NearCache near = stores.near();
        Optional<Claim> kept = near.find(request);
        if (kept.isPresent()) {
            listener.answeredNear();
            return kept.get();
        }
        NearCache.Asked asked = near.asking();
        Claim claim = attempt(request, whose, policy);
        if (claim instanceof Claim.InFlight && !policy.maxWait().isZero()) {
            claim = claimAgain(claim, request, whose, policy, client);
            listener.waited(Duration.ofNanos(System.nanoTime() - asked.nanoTime()));
        }
        if (claim instanceof Claim.Replay replay) {
            near.remember(request, replay, asked);
        }
        return claim instanceof Claim.Acquired acquired ? begun(acquired, request, policy) : claim;
    }

    private Claim attempt(ClaimRequest request, Scope whose, Policy policy) {
        return bounds.claim(whose, request, policy, stores.of(policy.consistency()));
    }

    /** Waits and claims in turn, until the first request has ended or this one waits no more. */
    private Claim claimAgain(Claim first, ClaimRequest request, Scope whose, Policy policy, ClientLiveness client) {
        Optional<RepeatWaiters.Waiter> place = waiters.enter(request.id(), policy.maxWait(), client);
        if (place.isEmpty()) {
            return first;
        }
        try (RepeatWaiters.Waiter waiter = place.get()) {
            Claim claim = first;
            while (claim instanceof Claim.InFlight) {
                RepeatWaiters.Turn turn = waiter.next();
                if (turn instanceof RepeatWaiters.Turn.Told told) {
                    return told.answer();
                }
                if (turn instanceof RepeatWaiters.Turn.NotYet) {
                    return claim;
                }
                claim = attempt(request.waiting(), whose, policy);
                waiter.claimed(claim);
            }
            return claim;
        }
    }

    private Claim begun(Claim.Acquired acquired, ClaimRequest request, Policy policy) {
        Lease lease = acquired.lease();
        leases.keep(lease);
        if (lease.takenOver()) {
            listener.staleRecovered(lease);
        }
        if (ends.adoptUnstored(lease).isPresent()) {
            // It executed here during this claim, and its answer could not be stored.
            bounds.ended(lease);
            return stores.of(policy.consistency()).claim(request, policy.onStoreFailure());
        }
        return acquired;
    }
}
