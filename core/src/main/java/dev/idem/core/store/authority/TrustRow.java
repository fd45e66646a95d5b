package dev.idem.core.store.authority;

import dev.idem.core.store.DurableStore;
import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * The row of the durable store that tells all nodes which store is authoritative. Thread-safe; methods throw
 * {@link StoreUnavailableException} when the store is unavailable.
 */
public interface TrustRow {

    /**
     * The content of the row.
     *
     * @param generation trusted, last trusted, or being prepared
     * @param trusted whether the fast store is authoritative
     * @param interval the failover interval, with which the durable store now stamps its decisions
     * @param refilledInterval up to which interval a trusted fast store has these decisions
     * @param blocked whether a node has recently reported that it cannot reach the fast store
     */
    record State(Generation generation, boolean trusted, long interval, long refilledInterval, boolean blocked) {}

    /** The store's name as in {@link DurableStore#name()}. */
    String name();

    State read();

    /**
     * Revokes a generation. When this returns the durable store decides, unless the generation was no longer the
     * trusted one.
     *
     * @param holdOff the fast store is not trusted again before this time has passed
     * @return whether this call was the one that ended it
     */
    boolean revoke(Generation generation, Duration holdOff);

    /** Delays trust in the fast store until this time has passed. */
    void block(Duration time);

    /**
     * Runs a task that only one node runs at a time; does nothing while another node runs it. A dead node's turn ends
     * within seconds.
     *
     * @return whether it ran
     */
    boolean inTurn(Runnable task);

    /**
     * Begins a refill: decisions made until now are committed, those from now on carry the next interval's number.
     *
     * @return the row as it was before
     * @throws NotAuthoritativeException if the fast store is trusted meanwhile
     */
    State begin(Generation next);

    /**
     * Begins the next failover interval: decisions made until now are committed and carry a lower number.
     *
     * @return its number
     * @throws NotAuthoritativeException if another refill has begun since
     */
    long nextInterval(Generation refill);

    /**
     * Makes the fast store authoritative, while this store decides nothing.
     *
     * @param last receives the present interval; copies the last decisions to the fast store, and lets it decide
     * @throws NotAuthoritativeException if another refill has begun since
     */
    void handOver(Generation refill, LongConsumer last);
}
