package dev.idem.core.engine;

import dev.idem.core.record.Claim;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The waiters for one record on this node. One of them polls the stores. Its result counts for every waiter that
 * arrived before it polled, because they all found the same first request. A later waiter may wait for another first
 * request, since a window may have ended meanwhile. Thread-safe; a waiting virtual thread does not pin its platform
 * thread.
 */
final class WaiterGroup {

    /** The result of waiting for the turn to poll. */
    sealed interface Turn {

        /** This waiter polls now. */
        record ToAsk() implements Turn {}

        /** The polling waiter received this, and it counts for this waiter too. */
        record Told(Claim.Replay answer) implements Turn {}

        /** Another waiter is still polling. */
        record NotYet() implements Turn {}
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turned = lock.newCondition();
    private final Condition woken = lock.newCondition();
    private int present;
    private long tickets;
    private boolean asked;
    private boolean wakeUp;
    private long toldUpTo = -1;
    private Claim.@Nullable Replay answer;

    /** Guarded by the owner of the group, which updates it one thread at a time. */
    WaiterGroup withOneMore() {
        present++;
        return this;
    }

    /** @return whether no waiter is left */
    boolean withOneLess() {
        return --present == 0;
    }

    /** The order in which waiters arrived. */
    long ticket() {
        lock.lock();
        try {
            return tickets++;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for at most this time. */
    Turn awaitTurn(long ticket, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (asked && ticket > toldUpTo && left > 0) {
                left = turned.awaitNanos(left);
            }
            if (answer != null && ticket <= toldUpTo) {
                return new Turn.Told(answer);
            }
            if (asked) {
                return new Turn.NotYet();
            }
            asked = true;
            return new Turn.ToAsk();
        } finally {
            lock.unlock();
        }
    }

    /** @return the number of the last waiter that arrived before */
    long beforeAsking() {
        lock.lock();
        try {
            wakeUp = false;
            return tickets - 1;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a result to all waiters that arrived before it was polled. */
    void tell(Claim.Replay told, long before) {
        lock.lock();
        try {
            answer = told;
            toldUpTo = before;
            turned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the next waiter poll. */
    void stopAsking() {
        lock.lock();
        try {
            asked = false;
            turned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the time has passed, or the first request has ended since the last {@link #beforeAsking()}. */
    void sleep(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!wakeUp && left > 0) {
                left = woken.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            wakeUp = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
