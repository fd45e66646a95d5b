package dev.idem.core.engine;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.engine.strategy.ConsistencyStrategy;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.store.StoreUnavailableException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the leases of running requests alive: it sends a heartbeat after each third of the lock timeout. A shorter
 * request costs one map entry and no message. Thread-safe.
 */
final class LeaseKeeper {
    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final int HEARTBEATS_PER_TIMEOUT = 3;

    private final Function<Consistency, ConsistencyStrategy> strategies;
    private final Map<UUID, TrackedLease> tracked = new ConcurrentHashMap<>();

    LeaseKeeper(Function<Consistency, ConsistencyStrategy> strategies) {
        this.strategies = strategies;
    }

    void keep(Lease lease) {
        tracked.put(lease.owner(), new TrackedLease(lease, System.nanoTime()));
    }

    void release(Lease lease) {
        tracked.remove(lease.owner());
    }

    /** How many requests execute now. */
    int size() {
        return tracked.size();
    }

    /** Sends the heartbeats that are due. */
    void beat() {
        long now = System.nanoTime();
        for (TrackedLease each : tracked.values()) {
            if (each.isDue(now)) {
                renew(each);
            }
        }
    }

    private void renew(TrackedLease due) {
        Lease lease = due.lease();
        try {
            if (strategies.apply(lease.request().consistency()).renew(lease)) {
                tracked.computeIfPresent(lease.owner(), (owner, still) -> new TrackedLease(lease, System.nanoTime()));
            } else if (tracked.remove(lease.owner()) != null) {
                log.warn("{}: lease lost while its request executed", lease.id());
            }
        } catch (StoreUnavailableException e) {
            log.debug("{}: a heartbeat failed, the next one is due: {}", lease.id(), e.getMessage());
        } catch (RuntimeException e) {
            OutOfMemoryExit.haltAfter(e);
            // Rethrown, it would stop the heartbeats of all other leases.
            log.error("{}: a heartbeat could not be sent, the next one is due", lease.id(), e);
        }
    }

    private record TrackedLease(Lease lease, long renewedAt) {
        boolean isDue(long now) {
            return now - renewedAt > lease.request().lockTimeout().toNanos() / HEARTBEATS_PER_TIMEOUT;
        }
    }
}
