package dev.idem.core.engine;

import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Repeats that wait for the first request. Of the waiters for one record on this node, one polls the store at growing
 * intervals. It also polls at once when the first request ends on this node. The other waiters receive its result. The
 * number of waiters is bounded; a repeat over that limit returns at once. Thread-safe.
 */
final class RepeatWaiters {
    private static final long FIRST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** A waiter sees another node's answer within this time plus a store's round trip. */
    private static final long LONGEST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** How often a waiter that does not poll the store checks that its client is still present. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Semaphore places;
    private final Map<RecordId, WaiterGroup> rooms = new ConcurrentHashMap<>();

    RepeatWaiters(int places) {
        this.places = new Semaphore(places);
    }

    /**
     * Claims until the outcome is not in flight, {@code patience} has passed, the client is gone, or the thread is
     * interrupted.
     *
     * @param patience how long to wait; zero claims once
     * @param caller who waits
     * @param claim claims once in the stores
     */
    Claim claim(RecordId id, Duration patience, ClientLiveness caller, Supplier<Claim> claim) {
        Claim first = claim.get();
        if (!(first instanceof Claim.InFlight) || patience.isZero() || !places.tryAcquire()) {
            return first;
        }
        WaiterGroup room = enter(id);
        try {
            return await(room, first, System.nanoTime() + patience.toNanos(), caller, claim);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return first;
        } finally {
            leave(id);
            places.release();
        }
    }

    /** Wakes the waiters on this node, because the record was completed or abandoned here. */
    void wake(RecordId id) {
        WaiterGroup room = rooms.get(id);
        if (room != null) {
            room.wake();
        }
    }

    private static Claim await(
            WaiterGroup room, Claim first, long deadline, ClientLiveness caller, Supplier<Claim> claim)
            throws InterruptedException {
        long ticket = room.ticket();
        while (true) {
            long left = deadline - System.nanoTime();
            WaiterGroup.Turn turn = room.awaitTurn(ticket, Math.min(left, LOOK_NANOS));
            if (turn instanceof WaiterGroup.Turn.Told told) {
                return told.answer();
            }
            if (turn instanceof WaiterGroup.Turn.ToAsk) {
                return ask(room, first, deadline, caller, claim);
            }
            if (left <= LOOK_NANOS || caller.isGone()) {
                return first;
            }
        }
    }

    /** The polling waiter leaves with its result, and the next waiter polls. */
    private static Claim ask(WaiterGroup room, Claim first, long deadline, ClientLiveness caller, Supplier<Claim> claim)
            throws InterruptedException {
        long interval = FIRST_INTERVAL_NANOS;
        try {
            while (!caller.isGone()) {
                // Taken before the claim, so that an end between the result and the sleep is not missed.
                long before = room.beforeAsking();
                Claim outcome = claim.get();
                if (outcome instanceof Claim.Replay replay) {
                    room.tell(replay, before);
                }
                long remaining = deadline - System.nanoTime();
                if (!(outcome instanceof Claim.InFlight) || remaining <= 0) {
                    return outcome;
                }
                room.sleep(Math.min(interval, remaining));
                interval = Math.min(2 * interval, LONGEST_INTERVAL_NANOS);
            }
            return first;
        } finally {
            room.stopAsking();
        }
    }

    private WaiterGroup enter(RecordId id) {
        return rooms.compute(id, (name, room) -> (room == null ? new WaiterGroup() : room).withOneMore());
    }

    private void leave(RecordId id) {
        rooms.computeIfPresent(id, (name, room) -> room.withOneLess() ? null : room);
    }
}
