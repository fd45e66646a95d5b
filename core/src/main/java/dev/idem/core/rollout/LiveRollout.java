package dev.idem.core.rollout;

import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node goes by at the moment: what PostgreSQL has for all nodes, or else its own configuration. Asked on every
 * request, and so only memory is read; {@link #refresh} is called in the background. While PostgreSQL cannot be asked, what
 * was known last goes on to hold. Thread-safe.
 */
public final class LiveRollout {
    /** How often {@link #refresh} is to be called, so that a change holds everywhere within two seconds. */
    public static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(LiveRollout.class);

    private final RolloutSettings configured;
    private final boolean allowed;
    private final RolloutStore store;
    private volatile Known known;
    private volatile long readAt = System.nanoTime();
    private volatile boolean failing;

    /** What was read last, and what follows from it. */
    private record Known(Optional<StoredRollout> stored, RolloutSettings settings) {}

    /**
     * @param configured what holds while nothing is stored
     * @param allowed false switches the layer off on this node, whatever is stored
     */
    public LiveRollout(RolloutSettings configured, boolean allowed, RolloutStore store) {
        this.configured = configured;
        this.allowed = allowed;
        this.store = store;
        this.known = known(Optional.empty());
    }

    /** What holds on one route. */
    public RolloutRule rule(String route) {
        return known.settings().rule(route);
    }

    /** What holds on all routes. */
    public RolloutSettings settings() {
        return known.settings();
    }

    /** What this node's configuration says, for while nothing is stored. */
    public RolloutSettings configured() {
        return configured;
    }

    /** Whether the configuration lets the layer work on this node at all. */
    public boolean isAllowed() {
        return allowed;
    }

    /** What PostgreSQL had when it was last asked; empty if it has never been. */
    public Optional<StoredRollout> stored() {
        return known.stored();
    }

    /** For how long PostgreSQL has not said what holds. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - readAt);
    }

    /** Asks PostgreSQL. What it does not tell leaves everything as it is. */
    public void refresh() {
        try {
            StoredRollout read = store.get();
            follow(read);
            readAt = System.nanoTime();
            failing = false;
        } catch (StoreUnavailableException e) {
            if (!failing) {
                failing = true;
                log.warn("the roll-out stays as it is, PostgreSQL cannot be asked: {}", e.getMessage());
            }
        }
    }

    /** Only forwards: of two that read at the same time, the slower one may bring what is past. */
    private synchronized void follow(StoredRollout read) {
        long before = known.stored().map(StoredRollout::version).orElse(-1L);
        if (read.version() > before) {
            known = known(Optional.of(read));
            log.info(
                    "roll-out {} holds: {}",
                    read.version(),
                    read.settings().isPresent() ? known.settings().all() : "as configured");
        }
    }

    private Known known(Optional<StoredRollout> stored) {
        RolloutSettings wanted = stored.flatMap(StoredRollout::settings).orElse(configured);
        return new Known(stored, allowed ? wanted : wanted.off());
    }
}
