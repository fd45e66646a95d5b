package dev.idem.core.journal.recovery;

import dev.idem.core.journal.Journal;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.recovery.JournalGaps;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows other nodes that this node lives, and notes the gaps: those of dead nodes, and this node's own while its journal
 * cannot be written. It never waits for a scan: others would take a node that scans for a dead one. Thread-safe.
 */
public final class JournalHeartbeat {
    private static final Logger log = LoggerFactory.getLogger(JournalHeartbeat.class);

    private final Duration silence;
    private final Journal journal;
    private final JournalGaps gaps;
    private final RecoveryListener listener;

    /** Whether the journal has dropped entries that no note tells of yet. */
    private boolean owing;

    private boolean ended;

    /** @param silence after this long without a heartbeat a node counts as dead; several rounds */
    public JournalHeartbeat(Duration silence, Journal journal, JournalGaps gaps, RecoveryListener listener) {
        this.silence = silence;
        this.journal = journal;
        this.gaps = gaps;
        this.listener = listener;
    }

    /** Never throws because a store is unavailable: the next round tries again. */
    public synchronized void runOnce() {
        if (ended) {
            return;
        }
        try {
            findDeadNodes();
            noteOwnGap();
        } catch (StoreUnavailableException e) {
            log.debug("the next round tries again: {}", e.getMessage());
        }
    }

    private void findDeadNodes() {
        int dead = gaps.alive(silence);
        if (dead > 0) {
            log.info("{} nodes are dead: the records of their journals will be copied from the fast store", dead);
            listener.nodesDied(dead);
        }
    }

    /** Notes in each round: another node may remove the last note while this one goes on granting. */
    private void noteOwnGap() {
        if (journal.isBehind()) {
            owing = true;
            journal.caughtUp(); // before the note, which covers what is dropped until it is written
        }
        if (owing || journal.isStuck()) {
            gaps.note();
            owing = false;
        }
    }

    /** This node ends, and its journal is closed. Another node copies what the journal could not write. */
    public synchronized void end() {
        ended = true;
        if (owing || journal.isBehind()) {
            return;
        }
        try {
            gaps.leave();
        } catch (StoreUnavailableException e) {
            log.debug("other nodes will consider this node dead: {}", e.getMessage());
        }
    }
}
