package dev.idem.core.engine;

import dev.idem.core.journal.Journal;
import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.FastCopy;
import dev.idem.core.store.JournalGaps;
import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies to the durable store what a journal could not write, this node's or another's. The durable store was
 * unavailable, or the node died with entries in its journal. One thread at a time.
 */
final class JournalRecovery {
    private static final Logger log = LoggerFactory.getLogger(JournalRecovery.class);

    private final Duration silence;
    private final Journal journal;
    private final JournalGaps gaps;
    private final FastCopy fast;
    private final JournalWriter durable;

    /** @param silence after this long without a heartbeat a node counts as dead; several rounds */
    JournalRecovery(Duration silence, Journal journal, JournalGaps gaps, FastCopy fast, JournalWriter durable) {
        this.silence = silence;
        this.journal = journal;
        this.gaps = gaps;
        this.fast = fast;
        this.durable = durable;
    }

    /** Never throws because a store is unavailable: the next round tries again. */
    void runOnce() {
        try {
            int dead = gaps.alive(silence);
            if (dead > 0) {
                log.info("{} nodes are dead: copying the records of their journals from the fast store", dead);
            }
            if (journal.isBehind() || journal.isStuck()) {
                // Noted in each round: another node may remove the last note while this one goes on granting.
                gaps.note();
                journal.caughtUp();
            } else {
                settle(gaps.notes());
            }
        } catch (StoreUnavailableException e) {
            log.debug("the next round tries again: {}", e.getMessage());
        }
    }

    private void settle(JournalGaps.Notes notes) {
        if (!notes.isEmpty()) {
            fast.forEach(page -> merge(page.stream().filter(notes::concern).toList()));
            gaps.settled(notes);
            log.info("the durable store has all records of the fast store again");
        }
    }

    /** Writes those records that the durable store does not have in a later state. Any thread. */
    void merge(List<StoredRecord> records) {
        durable.merge(records.stream().map(JournalEntry::of).toList());
    }

    /** This node ends. Another node copies what its journal could not write. */
    void end() {
        if (journal.isBehind()) {
            return;
        }
        try {
            gaps.leave();
        } catch (StoreUnavailableException e) {
            log.debug("other nodes will consider this node dead: {}", e.getMessage());
        }
    }
}
