package dev.idem.core.engine;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.engine.strategy.ConsistencyStrategy;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the leases of running requests alive: it sends a heartbeat after each third of the lock timeout. A shorter
 * request costs one map entry and no message. Thread-safe.
 */
final class LeaseKeeper {
    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final int HEARTBEATS_PER_TIMEOUT = 3;
    private static final int MOST_FAILURES = 3;

    private final Function<Consistency, ConsistencyStrategy> strategies;
    private final Map<UUID, TrackedLease> tracked = new ConcurrentHashMap<>();

    LeaseKeeper(Function<Consistency, ConsistencyStrategy> strategies) {
        this.strategies = strategies;
    }

    void keep(Lease lease) {
        tracked.put(lease.owner(), new TrackedLease(lease, System.nanoTime(), false));
    }

    /** From now on its heartbeats leave the durable store alone, where a transaction is about to complete its record. */
    void leaveToTransaction(Lease lease) {
        tracked.computeIfPresent(lease.owner(), (owner, still) -> still.besideTransaction());
    }

    void release(Lease lease) {
        tracked.remove(lease.owner());
    }

    /** How many requests execute now. */
    int size() {
        return tracked.size();
    }

    /**
     * Sends the heartbeats that are due, of leases with this consistency. A thread for each: a silent store must not delay the
     * heartbeats in the other one. After some failures in a row the rest waits for the next round.
     */
    void beat(Consistency consistency) {
        long now = System.nanoTime();
        List<TrackedLease> due = tracked.values().stream()
                .filter(each -> each.lease().request().consistency() == consistency && each.isDue(now))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(due); // a part of the store may be unavailable, and its leases must not always come first
        int failures = 0;
        for (TrackedLease each : due) {
            failures = renew(each) ? 0 : failures + 1;
            if (failures == MOST_FAILURES) {
                return;
            }
        }
    }

    /** @return false if the store was unavailable */
    private boolean renew(TrackedLease due) {
        Lease lease = due.lease();
        try {
            ConsistencyStrategy strategy = strategies.apply(lease.request().consistency());
            if (due.inTransaction() ? strategy.renewBesideTransaction(lease) : strategy.renew(lease)) {
                tracked.computeIfPresent(lease.owner(), (owner, still) -> still.renewed());
            } else if (tracked.remove(lease.owner()) != null) {
                log.warn("{}: lease lost while its request executed", lease.id());
            }
        } catch (StoreUnavailableException e) {
            log.debug("{}: a heartbeat failed, the next one is due: {}", lease.id(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            OutOfMemoryExit.haltAfter(e);
            // Rethrown, it would stop the heartbeats of all other leases.
            log.error("{}: a heartbeat could not be sent, the next one is due", lease.id(), e);
        }
        return true;
    }

    /** @param inTransaction whether a transaction of the durable store is about to complete the record */
    private record TrackedLease(Lease lease, long renewedAt, boolean inTransaction) {
        TrackedLease renewed() {
            return new TrackedLease(lease, System.nanoTime(), inTransaction);
        }

        TrackedLease besideTransaction() {
            return new TrackedLease(lease, renewedAt, true);
        }

        boolean isDue(long now) {
            return now - renewedAt > lease.request().lockTimeout().toNanos() / HEARTBEATS_PER_TIMEOUT;
        }
    }
}
