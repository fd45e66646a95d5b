package dev.idem.core.engine;

import dev.idem.core.record.Claim;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for one record on this node. One of them asks the stores. An answer it is given is every other one's who
 * was here before it asked: they found the same first request running. Whoever came later may wait for another one, since a
 * window may have ended meanwhile. Thread-safe; holds no platform thread of a virtual one.
 */
final class WaiterGroup {

    /** What waiting for one's turn has come to. */
    sealed interface Turn {

        /** It has to ask. */
        record ToAsk() implements Turn {}

        /** The one that asked was told this, and it holds for this one too. */
        record Told(Claim.Replay answer) implements Turn {}

        /** Someone else is still asking. */
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

    /** Of the room's owner, which counts one at a time. */
    WaiterGroup withOneMore() {
        present++;
        return this;
    }

    /** @return whether nobody is left */
    boolean withOneLess() {
        return --present == 0;
    }

    /** Says who was here before whom. */
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

    /** @return the last one who was here before */
    long beforeAsking() {
        lock.lock();
        try {
            wakeUp = false;
            return tickets - 1;
        } finally {
            lock.unlock();
        }
    }

    /** Gives an answer to all who were here before it was asked for. */
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

    /** Lets the next one ask. */
    void stopAsking() {
        lock.lock();
        try {
            asked = false;
            turned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Until the time is over, or the first request has ended since the last {@link #beforeAsking()}. */
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
