package dev.idem.core.engine.observe;

import dev.idem.core.failover.FailoverListener;
import dev.idem.core.journal.JournalListener;
import dev.idem.core.journal.recovery.RecoveryListener;
import dev.idem.core.record.Lease;
import java.time.Duration;

/**
 * Receives what the engine does, for metrics and audit. An extension point: implementations are called on the request's
 * thread or on the engine's own, must be thread-safe, quick, and must not throw.
 */
public interface EngineListener extends FailoverListener, JournalListener, RecoveryListener {

    /** The operations of a store. */
    enum Operation {
        CLAIM,
        RENEW,
        COMPLETE,
        ABANDON,
        /** Looks for an answer that may be replayed. */
        FIND,
        /** Puts an answer into the fast store. */
        REMEMBER,
        /** Writes a reserved record and reads it back. */
        PROBE,
        PING
    }

    /** How a store operation ended. */
    enum Result {
        OK,
        /** It answered that another store is authoritative. */
        NOT_AUTHORITATIVE,
        UNAVAILABLE,
        /** Not asked: this process had no connection free in time. */
        BUSY,
        /** Not even tried: the store's breaker is open. */
        SKIPPED
    }

    /** A store operation ended, or was skipped. */
    default void storeAsked(String store, Operation operation, Result result, Duration took) {}

    /** A store's circuit breaker opened (the store is skipped) or closed again. */
    default void breakerChanged(String store, boolean open) {}

    /** A record was taken over from a stale owner. */
    default void staleRecovered(Lease lease) {}

    /** A late owner's answer was refused. */
    default void fenced(Lease lease) {}

    /** A repeat waited for the first request. */
    default void waited(Duration took) {}

    /** A repeat was answered from the near cache. */
    default void answeredNear() {}

    /** Listens to nothing. */
    EngineListener NONE = new EngineListener() {};
}
