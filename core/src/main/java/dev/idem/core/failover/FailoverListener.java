package dev.idem.core.failover;

import java.time.Duration;

/**
 * Receives changes of the authoritative store, for metrics and logs. An extension point: implementations are called on
 * requests' threads or on background ones, must be thread-safe, quick, and must not throw.
 */
public interface FailoverListener {

    /** From now on this node uses Redis's decisions, or PostgreSQL's. */
    default void trustChanged(boolean redisDecides) {}

    /** The running refill copied records to Redis. */
    default void refilling(long records) {}

    /** The failback is complete: Redis has all records again. */
    default void refilled(long records, Duration took) {}

    /**
     * The fast store belongs to another installation, and this node does without it.
     *
     * @param why for operators
     */
    default void foreignStore(String why) {}

    /** The fast store belongs to this installation again. */
    default void ownStore() {}

    /** Listens to nothing. */
    FailoverListener NONE = new FailoverListener() {};
}
