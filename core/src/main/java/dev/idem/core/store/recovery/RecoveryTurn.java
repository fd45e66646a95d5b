package dev.idem.core.store.recovery;

import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The turn to recover journals: one node at a time has it, for a limited time that it prolongs. The progress of its
 * scan is kept in the fast store, so that another node can continue. Each instance is one node's. Thread-safe; methods
 * throw {@link StoreUnavailableException} when the fast store is unavailable.
 */
public interface RecoveryTurn {

    /**
     * How far a scan has come.
     *
     * @param notes the notes that existed when the scan began
     * @param cursor where {@link ChangedRecords} continues; null at the beginning
     * @param scanned how many keys have been looked at
     */
    record Progress(JournalGaps.Notes notes, @Nullable String cursor, long scanned) {

        /** The beginning of a scan for these notes. */
        public static Progress begin(JournalGaps.Notes notes) {
            return new Progress(notes, null, 0);
        }

        public Progress after(ChangedRecords.Step step) {
            return new Progress(notes, step.next(), scanned + step.keys());
        }
    }

    /**
     * Takes the turn, if no other node has it.
     *
     * @param lease after this time without {@link #keep} another node may take it
     */
    boolean take(Duration lease);

    /** The progress of the last scan, if that did not end. */
    Optional<Progress> left();

    /**
     * Keeps the turn and this progress.
     *
     * @return false if another node may have the turn now; nothing is kept then
     */
    boolean keep(Progress progress, Duration lease);

    /** Ends the turn if this node has it. The progress stays, and the next node continues. */
    void release();

    /**
     * Ends the turn of a complete scan if this node has it, and forgets the progress.
     *
     * @param rest no node takes the next turn before this time has passed
     */
    void done(Duration rest);
}
