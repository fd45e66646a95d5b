package dev.idem.core.store;

import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.GenerationMarkers;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.core.store.authority.StoreOwner;
import dev.idem.core.store.recovery.ChangedRecords;
import dev.idem.core.store.recovery.JournalGaps;
import dev.idem.core.store.recovery.RecoveryTurn;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The store that decides while it is trusted, and that always serves replays. It may lose records; the generation's
 * marker shows that. Each method returns one role of the same server. Thread-safe; methods of the roles throw
 * {@link StoreUnavailableException} when the store is unavailable, and for its failures nothing else.
 */
public interface FastStore {

    /** A short constant name for metrics and logs, such as {@code redis}; the same for all its roles. */
    String name();

    /**
     * The steps of records, each of which throws {@link NotAuthoritativeException} while the store is not
     * authoritative.
     *
     * @param trusted supplies the generation that is trusted now; empty while this store is not authoritative
     */
    IdempotencyStore steps(Supplier<Optional<Generation>> trusted);

    GenerationMarkers markers();

    /** Which installation this store belongs to. */
    StoreOwner owner();

    AnswerCache answers();

    FastCopy copy();

    /** The journal gaps as one node sees them. Each call creates another node. */
    JournalGaps journalGaps();

    /** The turn to recover journals as one node sees it. Each call creates another node. */
    RecoveryTurn recoveryTurn();

    ChangedRecords changedRecords();

    RecordAdministration records();

    /**
     * How often operators have deleted records here. The count may restart, so any different number means a deletion.
     */
    long deletions();

    /**
     * Writes a reserved record to each server and reads it back. Nothing of it is left, and no role ever shows it. A server
     * that answers and takes no writes, or forbids an operation that the store needs, fails it.
     *
     * @param thoroughly whether to try every operation that the store needs; otherwise this is done now and then
     */
    void probe(boolean thoroughly);
}
