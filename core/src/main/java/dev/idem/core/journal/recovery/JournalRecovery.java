package dev.idem.core.journal.recovery;

import dev.idem.core.journal.Journal;
import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.recovery.AnswerIndex;
import dev.idem.core.store.recovery.ChangedRecords;
import dev.idem.core.store.recovery.JournalGaps;
import dev.idem.core.store.recovery.JournalGaps.Notes;
import dev.idem.core.store.recovery.RecoveryTurn;
import dev.idem.core.store.recovery.RecoveryTurn.Progress;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies to the durable store what a journal could not write, this node's or another's: the durable store was
 * unavailable, or the node died with entries in its journal. One node at a time scans the fast store, in turn. A scan
 * covers the notes that existed when it began. One that ends early is continued, by this node or by another. For one
 * thread.
 */
public final class JournalRecovery {
    private static final Logger log = LoggerFactory.getLogger(JournalRecovery.class);

    /** Longer than writing a page may take; so long the others wait for a node that dies during its scan. */
    public static final Duration LEASE = Duration.ofSeconds(5);

    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    /** Twice as long after each further failure, up to four seconds. */
    private static final IntervalFunction PAUSE = IntervalFunction.ofExponentialBackoff(Duration.ofMillis(500), 2);

    private static final int LONGEST_PAUSE_AFTER = 4;

    private final Duration lease;
    private final Journal journal;
    private final JournalGaps gaps;
    private final RecoveryTurn turn;
    private final RecoveryScan scan;
    private final RecoveryListener listener;

    /** How many rounds in a row have failed. */
    private int failures;

    private MonotonicInstant notBefore = MonotonicInstant.now();

    /** @param lease after this time without progress another node takes over; {@link #LEASE} but in tests */
    public JournalRecovery(
            Duration lease,
            Journal journal,
            JournalGaps gaps,
            RecoveryTurn turn,
            ChangedRecords records,
            AnswerIndex copied,
            JournalWriter durable,
            RecoveryListener listener) {
        this.lease = lease;
        this.journal = journal;
        this.gaps = gaps;
        this.turn = turn;
        this.scan = new RecoveryScan(lease, turn, records, copied, durable, listener);
        this.listener = listener;
    }

    /**
     * Does nothing while there are no notes, another node has the turn, or this node cannot write its own journal. Never
     * throws because a store is unavailable: the next round tries again. An interrupt ends the scan.
     */
    public void runOnce() {
        if (journal.isStuck() || !notBefore.remaining().isNegative() || !isDue()) {
            return;
        }
        try {
            boolean complete = recover();
            failures = 0;
            if (!complete) {
                release();
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Whether there are notes, and the turn is this node's. */
    private boolean isDue() {
        try {
            return !gaps.notes().isEmpty() && turn.take(lease);
        } catch (StoreUnavailableException e) {
            log.debug("the next round looks for notes again: {}", e.getMessage());
            return false;
        }
    }

    /** Returns false if nothing was to be done, or the scan ended early. */
    private boolean recover() {
        Notes notes = gaps.notes(); // again: the node that had the turn until now may have removed some
        MonotonicInstant begin = MonotonicInstant.now();
        Progress from = turn.left().filter(left -> left.notes().share(notes)).orElseGet(() -> Progress.begin(notes));
        if (from.scanned() > 0) {
            log.info("journal recovery continues after {} keys of the fast store", from.scanned());
        }
        if (notes.isEmpty() || !scan.run(from)) {
            return false;
        }
        gaps.settled(from.notes());
        turn.done(restAfter(begin.age()));
        log.info(
                "the durable store has all records of {} nodes again; the scan took {} ms",
                from.notes().byNode().size(),
                begin.age().toMillis());
        listener.recovered(begin.age());
        return true;
    }

    /** As long as the scan took: a node that goes on noting a gap must not keep others scanning all the time. */
    private static Duration restAfter(Duration took) {
        if (took.compareTo(SHORTEST_REST) < 0) {
            return SHORTEST_REST;
        }
        return took.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : took;
    }

    private void failed(RuntimeException e) {
        failures++;
        notBefore =
                MonotonicInstant.now().plus(Duration.ofMillis(PAUSE.apply(Math.min(failures, LONGEST_PAUSE_AFTER))));
        listener.recoveryFailed();
        if (failures > 1) {
            log.debug("journal recovery failed again: {}", e.getMessage());
        } else if (e instanceof StoreUnavailableException) {
            log.warn("journal recovery failed, and will continue: {}", e.getMessage());
        } else {
            log.error("journal recovery failed, and will try again", e);
        }
        release();
    }

    private void release() {
        try {
            turn.release();
        } catch (StoreUnavailableException e) {
            log.debug("the turn of journal recovery will expire: {}", e.getMessage());
        }
    }
}
