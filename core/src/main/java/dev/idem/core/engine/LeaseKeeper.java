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

    private final Function<Consistency, ConsistencyStrategy> deciders;
    private final Map<UUID, Held> held = new ConcurrentHashMap<>();

    LeaseKeeper(Function<Consistency, ConsistencyStrategy> deciders) {
        this.deciders = deciders;
    }

    void keep(Lease lease) {
        held.put(lease.owner(), new Held(lease, System.nanoTime()));
    }

    void release(Lease lease) {
        held.remove(lease.owner());
    }

    /** How many requests execute now. */
    int size() {
        return held.size();
    }

    /** Sends the heartbeats that are due. */
    void beat() {
        long now = System.nanoTime();
        for (Held each : held.values()) {
            if (each.isDue(now)) {
                renew(each);
            }
        }
    }

    private void renew(Held due) {
        Lease lease = due.lease();
        try {
            if (deciders.apply(lease.request().consistency()).renew(lease)) {
                held.computeIfPresent(lease.owner(), (owner, still) -> new Held(lease, System.nanoTime()));
            } else if (held.remove(lease.owner()) != null) {
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

    private record Held(Lease lease, long renewedAt) {
        boolean isDue(long now) {
            return now - renewedAt > lease.request().lockTimeout().toNanos() / HEARTBEATS_PER_TIMEOUT;
        }
    }
}
