package dev.idem.core.rollout;

import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rollout that this node applies now: PostgreSQL's settings for all nodes, or otherwise its own configuration. Each
 * request reads it, so it reads memory only; {@link #refresh} runs in the background. While PostgreSQL is unavailable,
 * the last known settings stay in force. Thread-safe.
 */
public final class LiveRollout {
    /** How often to call {@link #refresh}, so that a change applies everywhere within two seconds. */
    public static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(LiveRollout.class);

    private final RolloutSettings configured;
    private final boolean allowed;
    private final RolloutStore store;
    private final Lock reading = new ReentrantLock();
    private volatile Known known;
    private volatile long readAt = System.nanoTime();
    private volatile boolean failing;

    /** The settings that were read last, and the rules derived from them. */
    private record Known(Optional<StoredRollout> stored, RolloutSettings settings) {}

    /**
     * @param configured the settings that apply while nothing is stored
     * @param allowed false switches the layer off on this node, whatever is stored
     */
    public LiveRollout(RolloutSettings configured, boolean allowed, RolloutStore store) {
        this.configured = configured;
        this.allowed = allowed;
        this.store = store;
        this.known = known(Optional.empty());
    }

    /** The rule of one route. */
    public RolloutRule rule(String route) {
        return known.settings().rule(route);
    }

    /** The settings of all routes. */
    public RolloutSettings settings() {
        return known.settings();
    }

    /** This node's configuration, which applies while nothing is stored. */
    public RolloutSettings configured() {
        return configured;
    }

    /** Whether the configuration allows the layer on this node at all. */
    public boolean isAllowed() {
        return allowed;
    }

    /** What PostgreSQL had at the last successful read; empty if there was none. */
    public Optional<StoredRollout> stored() {
        return known.stored();
    }

    /** How long ago PostgreSQL was last read. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - readAt);
    }

    /**
     * Reads PostgreSQL's settings. If that fails, everything stays as it is. Reads take turns, so that none that began
     * before a change ends after one that has seen it.
     */
    public void refresh() {
        reading.lock();
        try {
            follow(store.get());
            readAt = System.nanoTime();
            failing = false;
        } catch (StoreUnavailableException e) {
            if (!failing) {
                failing = true;
                log.warn("the rollout stays as it is, since it could not be read: {}", e.getMessage());
            }
        } finally {
            reading.unlock();
        }
    }

    /** What is stored counts, whatever its version: a restored database, or a person, may have lowered it. */
    private void follow(StoredRollout read) {
        Optional<StoredRollout> before = known.stored();
        if (before.equals(Optional.of(read))) {
            return;
        }
        before.filter(last -> last.version() >= read.version())
                .ifPresent(last -> log.warn(
                        "rollout {} follows {} and is not newer: the table was changed by hand, or the database was restored",
                        read.version(),
                        last.version()));
        if (read.unreadable().isPresent()) {
            known = new Known(Optional.of(read), known.settings());
            log.error(
                    "rollout {} is not in force, the one before it stays: {}",
                    read.version(),
                    read.unreadable().get());
        } else {
            known = known(Optional.of(read));
            log.info(
                    "rollout {} is in force: {}",
                    read.version(),
                    read.settings().isPresent() ? known.settings().all() : "as configured");
        }
    }

    private Known known(Optional<StoredRollout> stored) {
        RolloutSettings wanted = stored.flatMap(StoredRollout::settings).orElse(configured);
        return new Known(stored, allowed ? wanted : wanted.off());
    }
}
