package dev.idem.chaos.wire;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** All bytes of a wire pass this gate, or wait at it. Thread-safe. */
final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Trouble trouble = Trouble.NONE;

    void set(Trouble trouble) {
        lock.lock();
        try {
            this.trouble = trouble;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Trouble trouble() {
        lock.lock();
        try {
            return trouble;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the bytes may go on. */
    void pass() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = FaultyWire.LATENCY.toNanos();
            while (trouble == Trouble.BLACK_HOLE || (trouble == Trouble.LATENCY && left > 0)) {
                if (trouble == Trouble.BLACK_HOLE) {
                    changed.await();
                } else {
                    left = changed.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
