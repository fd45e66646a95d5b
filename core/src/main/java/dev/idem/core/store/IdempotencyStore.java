package dev.idem.core.store;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.authority.NotAuthoritativeException;

/**
 * A store of records. A record goes through these states, each arrow one atomic step by the store's own clock:
 *
 * <pre>
 *              claim                    complete
 *   (absent) ────────▶ PROCESSING ───────────────────▶ COMPLETED ──ttl──▶ (absent)
 *       ▲                │   ▲ │
 *       └────abandon─────┘   └─┘ claim, once the owner was silent for lockTimeout: new owner, higher fencing
 * </pre>
 *
 * <p>Implementations are thread-safe. Every method may throw {@link StoreUnavailableException}, and for store failures
 * nothing else; where several stores share the work, those that do not decide now throw {@link NotAuthoritativeException}.
 */
public interface IdempotencyStore {

    /** A short constant name for metrics and logs, such as {@code redis}. */
    String name();

    /** Looks the record up and acquires it if it is free, in one step. */
    Claim claim(ClaimRequest request);

    /**
     * A heartbeat: the owner is alive.
     *
     * @return false if the lease is lost; its owner's answer will be refused
     */
    boolean renew(Lease lease);

    /**
     * Stores the answer, so that repeats get it. Calling it twice has the same effect as once.
     *
     * @return false if the lease is lost; nothing was stored
     */
    boolean complete(Lease lease, Answer answer);

    /**
     * Frees the key at once, because nothing took effect.
     *
     * @return false if the lease is lost; nothing was changed
     */
    boolean abandon(Lease lease);

    /** Pings the store, without touching a record. */
    void ping();
}
