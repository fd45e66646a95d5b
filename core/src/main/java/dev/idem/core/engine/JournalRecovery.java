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
 * Brings to the durable store what a journal could not tell it, this node's or another's: because that store was away,
 * or because the node has died with what its journal held. One thread at a time.
 */
final class JournalRecovery {
    private static final Logger log = LoggerFactory.getLogger(JournalRecovery.class);

    private final Duration silence;
    private final Journal journal;
    private final JournalGaps gaps;
    private final FastCopy fast;
    private final JournalWriter durable;

    /** @param silence after this long without a sign of life a node counts as dead; several rounds */
    JournalRecovery(Duration silence, Journal journal, JournalGaps gaps, FastCopy fast, JournalWriter durable) {
        this.silence = silence;
        this.journal = journal;
        this.gaps = gaps;
        this.fast = fast;
        this.durable = durable;
    }

    /** Never throws because a store does not answer: the next round may find it. */
    void runOnce() {
        try {
            int dead = gaps.alive(silence);
            if (dead > 0) {
                log.info("{} nodes are silent: what their journals held is brought from the fast store", dead);
            }
            if (journal.isBehind() || journal.isStuck()) {
                // Each round anew: another node may be settling the last note while this one goes on granting.
                gaps.note();
                journal.caughtUp();
            } else {
                settle(gaps.notes());
            }
        } catch (StoreUnavailableException e) {
            log.debug("the next round looks again: {}", e.getMessage());
        }
    }

    private void settle(JournalGaps.Notes notes) {
        if (!notes.isEmpty()) {
            fast.forEach(page -> merge(page.stream().filter(notes::concern).toList()));
            gaps.settled(notes);
            log.info("the durable store has all that is in the fast one again");
        }
    }

    /** Writes what the durable store does not know better. Any thread. */
    void merge(List<StoredRecord> records) {
        durable.merge(records.stream().map(JournalEntry::of).toList());
    }

    /** This node ends. What its journal could not write any more is for another one to bring. */
    void end() {
        if (journal.isBehind()) {
            return;
        }
        try {
            gaps.leave();
        } catch (StoreUnavailableException e) {
            log.debug("the others will take this node for a dead one: {}", e.getMessage());
        }
    }
}
