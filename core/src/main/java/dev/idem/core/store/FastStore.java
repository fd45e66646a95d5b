package dev.idem.core.store;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The store that decides while it is trusted, and that answers replays whoever decides. It may lose what it knows: a
 * generation's marker tells. One server, seen by its roles. Thread-safe; methods of the roles throw {@link
 * StoreUnavailableException} when the store is unavailable, and for its failures nothing else.
 */
public interface FastStore {

    /** A short constant name for metrics and logs, such as {@code redis}; that of all its roles. */
    String name();

    /**
     * The steps of records, each of which throws {@link NotAuthoritativeException} while the store is not authoritative.
     *
     * @param trusted the generation that is trusted now; empty while this store is not authoritative
     */
    IdempotencyStore steps(Supplier<Optional<Generation>> trusted);

    GenerationMarkers markers();

    AnswerCache answers();

    FastCopy copy();

    /** The gaps as one more node sees them: each call makes another node. */
    JournalGaps journalGaps();

    RecordAdministration records();

    /** How often operators have deleted records here. The count may start again: any other number means a deletion. */
    long deletions();
}
