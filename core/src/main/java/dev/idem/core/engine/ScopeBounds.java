package dev.idem.core.engine;

import dev.idem.core.engine.strategy.ConsistencyStrategy;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Claims within the policy's bound on what one scope has in flight on this node. A claim takes a place before it asks a
 * store, and keeps it only if it acquires, until its request ends. At the bound a record is read instead: a repeat is
 * told what it would be told anyway, and only a key that is free is refused. A scope with nothing in flight takes no
 * memory. Thread-safe.
 */
final class ScopeBounds {
    /** Another round is needed only while claims that are being decided hold the last places. */
    private static final int MAX_ROUNDS = 10;

    private final Map<Scope, Places> taken = new ConcurrentHashMap<>();
    private final Map<UUID, Scope> executing = new ConcurrentHashMap<>();

    /**
     * The places that a scope has taken.
     *
     * @param claiming by claims that are being decided
     * @param executing by requests that execute
     */
    private record Places(int claiming, int executing) {
        static final Places NONE = new Places(0, 0);

        /** Null if this is none. */
        @Nullable
        Places plus(int moreClaiming, int moreExecuting) {
            Places sum = new Places(claiming + moreClaiming, executing + moreExecuting);
            return sum.equals(NONE) ? null : sum;
        }
    }

    /**
     * Claims once.
     *
     * @param scope whose request it is
     * @param strategy of the policy
     * @throws TooManyInFlightException if the key is free and the scope has no place left
     * @throws dev.idem.core.store.StoreUnavailableException if no store is available and the policy is closed
     */
    Claim claim(Scope scope, ClaimRequest request, Policy policy, ConsistencyStrategy strategy) {
        int bound = policy.maxInFlightPerScope();
        if (bound == Policy.UNBOUNDED) {
            return strategy.claim(request, policy.onStoreFailure());
        }
        for (int round = 0; round < MAX_ROUNDS; round++) {
            // Before the look: what executes by now is in the store, so a record that is not found there is new.
            boolean full = isFull(scope, bound);
            if (!full && enter(scope, bound)) {
                return claimInPlace(scope, request, policy, strategy);
            }
            Optional<Claim> standing = strategy.find(request, policy.onStoreFailure());
            if (standing.isPresent()) {
                return standing.get();
            }
            if (full && isFull(scope, bound)) {
                break;
            }
        }
        throw new TooManyInFlightException(bound);
    }

    private Claim claimInPlace(Scope scope, ClaimRequest request, Policy policy, ConsistencyStrategy strategy) {
        boolean acquired = false;
        try {
            Claim claim = strategy.claim(request, policy.onStoreFailure());
            acquired = claim instanceof Claim.Acquired;
            if (acquired) {
                executing.put(request.owner(), scope);
            }
            return claim;
        } finally {
            change(scope, -1, acquired ? 1 : 0);
        }
    }

    /** The request no longer executes. May be called again. */
    void ended(Lease lease) {
        @Nullable Scope scope = executing.remove(lease.owner());
        if (scope != null) {
            change(scope, 0, -1);
        }
    }

    private boolean isFull(Scope scope, int bound) {
        return taken.getOrDefault(scope, Places.NONE).executing() >= bound;
    }

    private boolean enter(Scope scope, int bound) {
        boolean[] entered = new boolean[1];
        taken.compute(scope, (name, held) -> {
            Places now = held == null ? Places.NONE : held;
            entered[0] = now.claiming() + now.executing() < bound;
            return entered[0] ? now.plus(1, 0) : held;
        });
        return entered[0];
    }

    private void change(Scope scope, int claiming, int executes) {
        taken.computeIfPresent(scope, (name, held) -> held.plus(claiming, executes));
    }

    /** How many scopes have anything in flight. */
    int size() {
        return taken.size();
    }
}
