package dev.idem.core.engine.observe;

import dev.idem.core.record.Consistency;
import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one node knows of its stores; it may be half a second old.
 *
 * @param redis the authoritative store of fast routes while its generation is trusted
 * @param postgres decides on strict routes always, and on fast routes during failover
 * @param redisTrusted whether Redis is authoritative on fast routes
 */
public record EngineStatus(StoreStatus redis, StoreStatus postgres, boolean redisTrusted, JournalStatus journal) {

    /**
     * A store as this node uses it.
     *
     * @param circuitBreakerOpen whether requests skip it, until it takes writes again
     * @param failure why the last probe could not write a reserved record and read it back, or why requests skip the
     *     store; empty if the store takes writes
     */
    public record StoreStatus(String name, boolean circuitBreakerOpen, Optional<StoreUnavailableException> failure) {}

    /**
     * How far PostgreSQL lags behind Redis.
     *
     * @param lag the age of the oldest entry that is not durable; zero if there is none
     * @param depth how many entries are not durable
     */
    public record JournalStatus(Duration lag, int depth) {}

    /** The name of the authoritative store of routes with this consistency. */
    public String authoritativeStore(Consistency consistency) {
        return consistency == Consistency.FAST && redisTrusted ? redis.name() : postgres.name();
    }

    public List<StoreStatus> stores() {
        return List.of(redis, postgres);
    }
}
