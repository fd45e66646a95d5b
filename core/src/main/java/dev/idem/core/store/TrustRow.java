package dev.idem.core.store;

import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * The row of the durable store that says which store is authoritative, for all nodes. Thread-safe; methods throw {@link
 * StoreUnavailableException} when the store is unavailable.
 */
public interface TrustRow {

    /**
     * What the row says.
     *
     * @param generation trusted, last trusted, or being prepared
     * @param trusted whether the fast store is authoritative
     * @param pass the failover interval: what records are stamped with that the durable store decides now
     * @param settledPass up to which interval a trusted fast store has been told of them
     * @param blocked whether a node has said lately that it cannot reach the fast store
     */
    record State(Generation generation, boolean trusted, long pass, long settledPass, boolean blocked) {}

    /** The store's name as in {@link DurableStore#name()}. */
    String name();

    State read();

    /**
     * From its return on the durable store decides, unless the generation was not the trusted one any more.
     *
     * @param holdOff before this time is over the fast store is not trusted again
     * @return whether this call was the one that ended it
     */
    boolean revoke(Generation generation, Duration holdOff);

    /** The fast store is not trusted again before this time is over. */
    void block(Duration time);

    /**
     * Does something that one node does at a time, and nothing if another node is at it. The turn ends with the connection
     * at the latest, so that nobody's death leaves it taken.
     *
     * @return whether it was done
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
    long nextPass(Generation refill);

    /**
     * Lets the fast store decide, while nobody decides here.
     *
     * @param last is given the present interval; tells the fast store the last decisions, and that it may decide
     * @throws NotAuthoritativeException if another refill has begun since
     */
    void handOver(Generation refill, LongConsumer last);
}
