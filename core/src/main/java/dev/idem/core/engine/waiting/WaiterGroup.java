package dev.idem.core.engine.waiting;

import dev.idem.core.record.Claim;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The waiters for one record on this node. One of them claims again and again. Its replay counts for every waiter that
 * arrived before it claimed, because they all found the same first request. A later waiter may wait for another first
 * request, since a window may have ended meanwhile. Thread-safe; a waiting virtual thread does not pin its platform
 * thread.
 */
final class WaiterGroup {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turned = lock.newCondition();
    private final Condition woken = lock.newCondition();
    private int present;
    private long tickets;
    private boolean claiming;
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
    RepeatWaiters.Turn awaitTurn(long ticket, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (claiming && ticket > toldUpTo && left > 0) {
                left = turned.awaitNanos(left);
            }
            if (answer != null && ticket <= toldUpTo) {
                return new RepeatWaiters.Turn.Told(answer);
            }
            if (claiming) {
                return new RepeatWaiters.Turn.NotYet();
            }
            claiming = true;
            return new RepeatWaiters.Turn.ToClaim();
        } finally {
            lock.unlock();
        }
    }

    /** @return the number of the last waiter that arrived before */
    long beforeClaim() {
        lock.lock();
        try {
            wakeUp = false;
            return tickets - 1;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a replay to all waiters that arrived before it was claimed. */
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

    /** Lets the next waiter claim. */
    void stopClaiming() {
        lock.lock();
        try {
            claiming = false;
            turned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the time has passed, or the first request has ended since the last {@link #beforeClaim()}. */
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
