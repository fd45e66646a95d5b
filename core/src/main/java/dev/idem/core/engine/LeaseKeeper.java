package dev.idem.core.engine;

import dev.idem.core.background.OutOfMemoryExit;
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
 * Keeps the leases of running requests alive: a heartbeat each time a third of the lock time-out has passed. A request
 * shorter than that costs one entry in a map and no message. Thread-safe.
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

    /** How many requests execute at this moment. */
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
                log.warn("{} was taken from its owner while it executed", lease.id());
            }
        } catch (StoreUnavailableException e) {
            log.debug("{}: a heartbeat did not arrive, the next one may: {}", lease.id(), e.getMessage());
        } catch (RuntimeException e) {
            OutOfMemoryExit.haltAfter(e);
            // Thrown on, it would keep the heartbeats of all the others from being sent.
            log.error("{}: a heartbeat could not be sent, the next one is due", lease.id(), e);
        }
    }

    private record Held(Lease lease, long renewedAt) {
        boolean isDue(long now) {
            return now - renewedAt > lease.request().lockTimeout().toNanos() / HEARTBEATS_PER_TIMEOUT;
        }
    }
}
