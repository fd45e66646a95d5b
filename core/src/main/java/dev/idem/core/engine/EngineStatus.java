package dev.idem.core.engine;

import dev.idem.core.record.Consistency;
import java.time.Duration;
import java.util.List;

/**
 * What one node knows of its stores; it may be half a second old.
 *
 * @param redis the store that decides on fast routes while it is trusted
 * @param postgres the store that decides on all other routes, and on fast ones while Redis is not trusted
 * @param redisTrusted whether Redis is authoritative on fast routes
 */
public record EngineStatus(StoreStatus redis, StoreStatus postgres, boolean redisTrusted, JournalStatus journal) {

    /**
     * A store as this node uses it.
     *
     * @param circuitBreakerOpen whether requests do without it, until it answers a ping
     */
    public record StoreStatus(String name, boolean circuitBreakerOpen) {}

    /**
     * How far PostgreSQL lags behind Redis.
     *
     * @param lag the age of the oldest entry that is not durable; zero if there is none
     * @param depth how many entries are not durable
     */
    public record JournalStatus(Duration lag, int depth) {}

    /** The name of the store that decides on routes of this consistency. */
    public String authoritativeStore(Consistency consistency) {
        return consistency == Consistency.FAST && redisTrusted ? redis.name() : postgres.name();
    }

    public List<StoreStatus> stores() {
        return List.of(redis, postgres);
    }
}
