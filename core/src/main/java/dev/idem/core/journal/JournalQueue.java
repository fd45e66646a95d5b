package dev.idem.core.journal;

import dev.idem.core.record.RecordId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What is not durable yet: the batch that is being written, and behind it one entry a record, oldest first. Thread-safe,
 * for many that add and one that takes.
 */
final class JournalQueue {
    private final JournalLimits limits;
    private final Map<RecordId, Slot> pending = new LinkedHashMap<>();
    private final Map<RecordId, Slot> batch = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Condition closing = lock.newCondition();
    private long bytes;
    private boolean away;
    private boolean closed;
    private Moment drainUntil = Moment.now();

    JournalQueue(JournalLimits limits) {
        this.limits = limits;
    }

    private record Slot(JournalEntry entry, Moment since) {
        Slot then(Slot later) {
            return new Slot(entry.then(later.entry), since);
        }

        long bytes() {
            return entry.bytes();
        }
    }

    /** Adds an entry, and waits for room unless the last write failed. False if it could not be added. */
    boolean add(JournalEntry entry) {
        return locked(() -> {
            Slot added = new Slot(entry, Moment.now());
            await(limits.patience(), () -> closed || away || fits(added));
            if (closed || !fits(added)) {
                return false;
            }
            bytes += growth(added);
            pending.merge(entry.id(), added, Slot::then);
            arrived.signal();
            return true;
        });
    }

    /**
     * Waits for something to write: what is left of the last batch, each record in its newest state, or else a new batch.
     *
     * @return nothing once closed and empty
     */
    List<JournalEntry> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (size() == 0 && !closed) {
                arrived.await();
            }
            if (batch.isEmpty()) {
                fillBatch();
            } else {
                batch.replaceAll((id, slot) -> newest(slot));
            }
            return batch.values().stream().map(Slot::entry).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the entries of the current batch that were written, or refused.
     *
     * @return how old the oldest of them was
     */
    Duration settle(List<JournalEntry> done) {
        return locked(() -> {
            Moment oldest = Moment.now();
            for (JournalEntry entry : done) {
                Slot slot = batch.remove(entry.id());
                if (slot != null) {
                    bytes -= slot.bytes();
                    oldest = oldest.earlier(slot.since);
                }
            }
            away = false;
            settled.signalAll();
            return oldest.age();
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
        return locked(() -> await(patience, () -> !pending.containsKey(id) && !batch.containsKey(id)));
    }

    Duration lag() {
        return locked(() -> {
            Iterator<Slot> oldestFirst =
                    (batch.isEmpty() ? pending : batch).values().iterator();
            return oldestFirst.hasNext() ? oldestFirst.next().since.age() : Duration.ZERO;
        });
    }

    int depth() {
        return locked(this::size);
    }

    /** Takes nothing more; what is here may be written while there is time to drain. */
    void close() {
        locked(() -> {
            closed = true;
            drainUntil = Moment.now().plus(limits.drain());
            arrived.signal();
            closing.signal();
            settled.signalAll();
            return drainUntil;
        });
    }

    /** Gives up what is left, and takes nothing more. Returns how many entries that were. */
    int abandon() {
        return locked(() -> {
            int left = size();
            pending.clear();
            batch.clear();
            bytes = 0;
            closed = true;
            settled.signalAll();
            return left;
        });
    }

    private int size() {
        return pending.size() + batch.size();
    }

    private boolean fits(Slot added) {
        long growth = growth(added);
        boolean known = pending.containsKey(added.entry.id());
        return size() == 0
                || (known && growth <= 0)
                || ((known || size() < limits.entries()) && bytes + growth <= limits.bytes());
    }

    private long growth(Slot added) {
        Slot before = pending.get(added.entry.id());
        return before == null ? added.bytes() : before.then(added).bytes() - before.bytes();
    }

    private void fillBatch() {
        long size = 0;
        Iterator<Slot> oldestFirst = pending.values().iterator();
        while (oldestFirst.hasNext() && batch.size() < limits.batchEntries()) {
            Slot slot = oldestFirst.next();
            size += slot.bytes();
            if (size > limits.batchBytes() && !batch.isEmpty()) {
                return;
            }
            batch.put(slot.entry.id(), slot);
            oldestFirst.remove();
        }
    }

    private Slot newest(Slot slot) {
        Slot later = pending.remove(slot.entry.id());
        if (later == null) {
            return slot;
        }
        Slot both = slot.then(later);
        bytes += both.bytes() - slot.bytes() - later.bytes();
        return both;
    }

    private boolean await(Duration patience, BooleanSupplier condition) {
        long left = patience.toNanos();
        try {
            while (!condition.getAsBoolean() && left > 0) {
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
