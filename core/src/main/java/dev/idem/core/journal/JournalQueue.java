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

/**
 * The queue between the threads that add entries and the one that writes them. It defines who waits, and how long.
 * Thread-safe.
 */
final class JournalQueue {
    private final JournalLimits limits;
    private final Backlog backlog;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition enough = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Condition closing = lock.newCondition();
    private boolean stuck;
    private boolean away;
    private boolean awaited;
    private boolean closed;
    private MonotonicInstant drainUntil = MonotonicInstant.now();

    JournalQueue(JournalLimits limits) {
        this.limits = limits;
        this.backlog = new Backlog(limits);
    }

    /** Adds an entry, and waits for capacity unless the store is unavailable. False if it could not be added. */
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
     * Waits for {@link Backlog#batch() entries to write}, and a moment longer for more, unless a caller waits for the
     * write. Returns nothing once this is closed and empty.
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

    /** The store has written or refused these entries. Returns the age of the oldest. */
    Duration settle(List<JournalEntry> done) {
        return locked(() -> {
            stuck = false;
            away = false;
            awaited = false;
            settled.signalAll();
            return backlog.settle(done);
        });
    }

    /**
     * Waits because the last write failed; closing ends the wait.
     *
     * @param unavailable whether the store is: then no caller waits for capacity until a write succeeds or is refused
     * @return false if it was closed and its time to drain has passed
     */
    boolean pause(Duration pause, boolean unavailable) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            stuck = true;
            away = unavailable;
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

    /** Whether, after at most {@code patience}, no entry of this record is left here. */
    boolean awaitGone(RecordId id, Duration patience) {
        return locked(() -> await(patience, () -> !backlog.contains(id)));
    }

    boolean isStuck() {
        return locked(() -> stuck);
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

    long bytes() {
        return locked(backlog::bytes);
    }

    /** Accepts nothing more; the entries here may be written while there is time to drain. */
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

    /** Drops the remaining entries, and accepts nothing more. Returns the number of dropped entries. */
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
            Thread.currentThread().interrupt(); // an interrupt means that the caller must hurry: it waits no longer
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
