package dev.idem.core.journal;

import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.RecordId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Between the many that add entries and the one that writes them: who waits, for what, and how long. Thread-safe. */
final class JournalQueue {
    private final JournalLimits limits;
    private final Backlog backlog;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition enough = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Condition closing = lock.newCondition();
    private boolean away;
    private boolean awaited;
    private boolean closed;
    private MonotonicInstant drainUntil = MonotonicInstant.now();

    JournalQueue(JournalLimits limits) {
        this.limits = limits;
        this.backlog = new Backlog(limits);
    }

    /** Adds an entry, and waits for room unless the last write failed. False if it could not be added. */
    boolean add(JournalEntry entry) {
        return locked(() -> {
            await(limits.patience(), () -> closed || away || backlog.fits(entry));
            if (closed || !backlog.fits(entry)) {
                return false;
            }
            backlog.add(entry);
            arrived.signal();
            if (backlog.fillsBatch()) {
                enough.signal();
            }
            return true;
        });
    }

    /**
     * Waits for {@link Backlog#batch() something to write}, and a moment longer for what goes with it, unless somebody waits for
     * it to be written; nothing comes once this is closed and empty.
     */
    List<JournalEntry> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (backlog.size() == 0 && !closed) {
                arrived.await();
            }
            long left = limits.gathering().toNanos();
            while (left > 0 && !closed && !awaited && !backlog.fillsBatch()) {
                left = enough.awaitNanos(left);
            }
            return backlog.batch();
        } finally {
            lock.unlock();
        }
    }

    /** The store has answered for these entries: they were written, or refused. Returns how old the oldest was. */
    Duration settle(List<JournalEntry> done) {
        return locked(() -> {
            away = false;
            awaited = false;
            settled.signalAll();
            return backlog.settle(done);
        });
    }

    /**
     * Waits because the last write failed; closing ends the wait. Until something is settled nobody waits for room.
     *
     * @return false if it was closed and its time to drain is over
     */
    boolean pause(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            away = true;
            settled.signalAll();
            boolean wasClosed = closed;
            long left = pause.toNanos();
            while (closed == wasClosed && left > 0) {
                left = closing.awaitNanos(left);
            }
            return !closed || !drainUntil.remaining().isNegative();
        } finally {
            lock.unlock();
        }
    }

    /** Whether, after {@code patience} at the most, nothing of this record is left here. */
    boolean awaitGone(RecordId id, Duration patience) {
        return locked(() -> await(patience, () -> !backlog.contains(id)));
    }

    boolean isAway() {
        return locked(() -> away);
    }

    Duration lag() {
        return locked(backlog::lag);
    }

    int depth() {
        return locked(backlog::size);
    }

    /** Takes nothing more; what is here may be written while there is time to drain. */
    void close() {
        lock.lock();
        try {
            closed = true;
            drainUntil = MonotonicInstant.now().plus(limits.drain());
            arrived.signal();
            enough.signal();
            closing.signal();
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what is left, and takes nothing more. Returns how many entries that were. */
    int abandon() {
        return locked(() -> {
            closed = true;
            settled.signalAll();
            return backlog.clear();
        });
    }

    private boolean await(Duration patience, BooleanSupplier condition) {
        long left = patience.toNanos();
        try {
            while (!condition.getAsBoolean() && left > 0) {
                awaited = true;
                enough.signal();
                left = settled.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever interrupts a caller wants it to hurry: its patience is over
        }
        return condition.getAsBoolean();
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }
}
