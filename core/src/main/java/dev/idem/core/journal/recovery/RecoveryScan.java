package dev.idem.core.journal.recovery;

import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.recovery.AnswerIndex;
import dev.idem.core.store.recovery.ChangedRecords;
import dev.idem.core.store.recovery.RecoveryTurn;
import dev.idem.core.store.recovery.RecoveryTurn.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scan of the fast store that writes to the durable store the records that have changed lately. After each page it
 * rests as long as that took, 25 ms at most, so that requests come first. For one thread.
 */
final class RecoveryScan {
    private static final Logger log = LoggerFactory.getLogger(RecoveryScan.class);

    /** A node that continues repeats at most this much of the work. */
    private static final Duration KEEP_EVERY = Duration.ofSeconds(1);

    private static final Duration TELL_EVERY = Duration.ofSeconds(10);
    private static final Duration LONGEST_REST = Duration.ofMillis(25);

    private final Duration lease;
    private final Duration keepEvery;
    private final RecoveryTurn turn;
    private final ChangedRecords records;
    private final AnswerIndex copied;
    private final JournalWriter durable;
    private final RecoveryListener listener;
    private MonotonicInstant kept = MonotonicInstant.now();
    private MonotonicInstant renewed = kept;
    private MonotonicInstant told = kept;

    RecoveryScan(
            Duration lease,
            RecoveryTurn turn,
            ChangedRecords records,
            AnswerIndex copied,
            JournalWriter durable,
            RecoveryListener listener) {
        this.lease = lease;
        this.keepEvery = KEEP_EVERY.compareTo(lease) < 0 ? KEEP_EVERY : lease.dividedBy(2);
        this.turn = turn;
        this.records = records;
        this.copied = copied;
        this.durable = durable;
        this.listener = listener;
    }

    /**
     * Scans to the end.
     *
     * @return false if another node may have the turn now, or this thread was interrupted (it stays so)
     */
    boolean run(Progress from) {
        told = MonotonicInstant.now();
        Progress at = from;
        boolean goesOn = keep(at);
        while (goesOn) {
            MonotonicInstant begin = MonotonicInstant.now();
            try {
                at = at.after(step(at));
            } catch (TurnLostException e) {
                return false;
            }
            if (at.cursor() == null) {
                return true;
            }
            tell(at);
            goesOn = (!isDue(kept) || keep(at)) && rest(begin.age());
        }
        return false;
    }

    /** Ends a step in the middle. What it has copied already is not copied again. */
    private static final class TurnLostException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private boolean isDue(MonotonicInstant last) {
        return last.age().compareTo(keepEvery) >= 0;
    }

    private boolean keep(Progress at) {
        kept = MonotonicInstant.now();
        return renew(at);
    }

    /** Keeps the turn during a step; the progress is that of the steps before. */
    private boolean renew(Progress at) {
        renewed = MonotonicInstant.now();
        boolean ours = turn.keep(at, lease);
        if (!ours) {
            log.info("journal recovery ends here: another node has the turn");
        }
        return ours;
    }

    private void tell(Progress at) {
        if (told.age().compareTo(TELL_EVERY) >= 0) {
            told = MonotonicInstant.now();
            log.info("journal recovery: {} keys of the fast store scanned", at.scanned());
        }
    }

    private ChangedRecords.Step step(Progress at) {
        int[] written = new int[1];
        try {
            ChangedRecords.Step step = records.step(at.notes().from(), at.cursor(), copied, page -> {
                copy(page);
                written[0] += page.size();
                // A step may have hundreds of large records, which take longer than the turn's lease.
                if (isDue(renewed) && !renew(at)) {
                    throw new TurnLostException();
                }
            });
            listener.recovering(step.keys(), written[0]);
            return step;
        } catch (TurnLostException e) {
            throw e;
        } catch (RuntimeException e) {
            keepIfPossible(at);
            throw e;
        }
    }

    private void keepIfPossible(Progress at) {
        try {
            boolean unused = keep(at);
        } catch (StoreUnavailableException e) {
            log.debug("the scan will continue from where it was a moment ago: {}", e.getMessage());
        }
    }

    /** A record that the durable store refuses must not keep all others from it. */
    private void copy(List<StoredRecord> page) {
        try {
            durable.mergeRecords(page);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (page.size() == 1) {
                log.error(
                        "{}: the durable store refused a record of the fast store",
                        page.get(0).id());
            } else {
                page.forEach(record -> copy(List.of(record)));
            }
        }
    }

    private static boolean rest(Duration worked) {
        Duration rest = worked.compareTo(LONGEST_REST) < 0 ? worked : LONGEST_REST;
        try {
            TimeUnit.NANOSECONDS.sleep(rest.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
