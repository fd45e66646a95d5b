package dev.idem.chaos.check;

import java.time.Duration;

/**
 * What a run is held to.
 *
 * @param lockTimeout after which a silent owner may be replaced
 * @param window how long before or after a claim Redis may get lost, so that under {@link Consistency#FAST} the claim is
 *     lost with it: a second until every node notices, and what the journal lags behind
 * @param bound how long a request may take
 */
public record Rules(Consistency consistency, Duration lockTimeout, Duration window, Duration bound) {
    private static final Duration NOTICING = Duration.ofSeconds(1);
    private static final int HEARTBEATS_PER_TIMEOUT = 3;

    public static Rules of(Consistency consistency, Duration lockTimeout) {
        return new Rules(consistency, lockTimeout, Duration.ofMillis(1_500), Duration.ofSeconds(10));
    }

    /**
     * How long an owner must be stopped or cut off to send no heartbeat for the lock timeout. The last heartbeat may have
     * been due just then, and the next one comes some time after the repair.
     */
    Duration silencing() {
        return lockTimeout.minus(lockTimeout.dividedBy(HEARTBEATS_PER_TIMEOUT)).minus(NOTICING);
    }
}
