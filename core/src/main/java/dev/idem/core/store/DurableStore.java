package dev.idem.core.store;

import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.store.authority.Installation;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.core.store.recovery.AnswerIndex;

/**
 * The store that keeps what it has acknowledged. It decides for {@code strict} policies and during failover, and
 * otherwise follows through the journal. Each method returns one role of the same server. Thread-safe; methods of the
 * roles throw {@link StoreUnavailableException} when the store is unavailable.
 */
public interface DurableStore {

    /** A short constant name for metrics and logs, such as {@code postgresql}; the same for all its roles. */
    String name();

    /** The steps of records, which this store decides regardless of the trust row. */
    IdempotencyStore steps();

    /** The steps of records, each of which throws {@link NotAuthoritativeException} while the fast store is trusted. */
    IdempotencyStore stepsWhileAuthoritative();

    JournalWriter journalWriter();

    /** @param node this process's name, for operators */
    TrustRow trustRow(String node);

    /** The installation of this database. */
    Installation installation();

    DurableCopy copy();

    AnswerIndex answers();

    RecordAdministration records();

    /** How often operators have deleted records here. */
    long deletions();

    /**
     * Writes a reserved record and reads it back. No other transaction and no role ever shows it. A server that answers and
     * takes no writes fails it. Call it at least twice a second: {@link #steps} take over from no owner while it fails, nor before it has
     * succeeded without a gap for as long as the owner's lock timeout.
     */
    void probe();
}
