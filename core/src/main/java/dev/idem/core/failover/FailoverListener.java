package dev.idem.core.failover;

import java.time.Duration;

/**
 * Learns who decides, for metrics and logs. An extension point: implementations are called on requests' threads or on
 * background ones, must be thread-safe, quick, and must not throw.
 */
public interface FailoverListener {

    /** This node takes Redis's decisions from now on, or PostgreSQL's. */
    default void trustChanged(boolean redisDecides) {}

    /** Records were brought into Redis by the refill that runs. */
    default void refilling(long records) {}

    /** Redis knows all again. */
    default void refilled(long records, Duration took) {}

    /** Listens to nothing. */
    FailoverListener NONE = new FailoverListener() {};
}
