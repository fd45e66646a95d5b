package dev.idem.core.engine.waiting;

import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Repeats that wait for the first request. Of the waiters for one record on this node, one claims again at growing
 * intervals. It also claims at once when the first request ends on this node. The other waiters receive its replay. The
 * number of waiters is bounded. Thread-safe.
 */
public final class RepeatWaiters {
    private static final long FIRST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** A waiter sees another node's answer within this time plus a store's round trip. */
    private static final long LONGEST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** How often a waiter that does not claim the store checks that its client is still present. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What a waiter does next. */
    public sealed interface Turn {

        /** It claims now. */
        record ToClaim() implements Turn {}

        /** It ends: another waiter received this, and it counts for this one too. */
        record Told(Claim.Replay answer) implements Turn {}

        /** It ends: the first request has not ended in its time. */
        record NotYet() implements Turn {}
    }

    private final Semaphore places;
    private final Map<RecordId, WaiterGroup> groups = new ConcurrentHashMap<>();

    /** @param places how many may wait at the same time */
    public RepeatWaiters(int places) {
        this.places = new Semaphore(places);
    }

    /**
     * Begins to wait.
     *
     * @param patience how long to wait
     * @return empty if too many wait already
     */
    public Optional<Waiter> enter(RecordId id, Duration patience, ClientLiveness client) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        long deadline = System.nanoTime() + patience.toNanos();
        WaiterGroup group =
                groups.compute(id, (name, known) -> (known == null ? new WaiterGroup() : known).withOneMore());
        return Optional.of(new Waiter(id, group, client, deadline));
    }

    /** Wakes the waiters on this node, because the record was completed or abandoned here. */
    public void wake(RecordId id) {
        WaiterGroup group = groups.get(id);
        if (group != null) {
            group.wake();
        }
    }

    /** One repeat while it waits. For one thread, which closes it. */
    public final class Waiter implements AutoCloseable {
        private final RecordId id;
        private final WaiterGroup group;
        private final ClientLiveness client;
        private final long deadline;
        private final long ticket;
        private long interval = FIRST_INTERVAL_NANOS;
        private boolean claims;
        private long before;

        private Waiter(RecordId id, WaiterGroup group, ClientLiveness client, long deadline) {
            this.id = id;
            this.group = group;
            this.client = client;
            this.deadline = deadline;
            this.ticket = group.ticket();
        }

        /**
         * Waits. After {@link Turn.ToClaim} the caller claims, and reports the outcome to {@link #claimed}. The wait
         * also ends if the client is gone or the thread is interrupted (it stays so).
         */
        public Turn next() {
            try {
                return claims ? sleep() : awaitTurn();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Turn.NotYet();
            }
        }

        private Turn awaitTurn() throws InterruptedException {
            while (true) {
                long left = deadline - System.nanoTime();
                Turn turn = group.awaitTurn(ticket, Math.min(left, LOOK_NANOS));
                if (turn instanceof Turn.Told) {
                    return turn;
                }
                if (turn instanceof Turn.ToClaim) {
                    claims = true;
                    return toClaim();
                }
                if (left <= LOOK_NANOS || client.isGone()) {
                    return turn;
                }
            }
        }

        private Turn sleep() throws InterruptedException {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return new Turn.NotYet();
            }
            group.sleep(Math.min(interval, left));
            interval = Math.min(2 * interval, LONGEST_INTERVAL_NANOS);
            return toClaim();
        }

        private Turn toClaim() {
            if (client.isGone()) {
                return new Turn.NotYet();
            }
            // Taken before the claim, so that an end between its outcome and the sleep is not missed.
            before = group.beforeClaim();
            return new Turn.ToClaim();
        }

        /** Tells the other waiters the outcome of this one's claim. */
        public void claimed(Claim outcome) {
            if (outcome instanceof Claim.Replay replay) {
                group.tell(replay, before);
            }
        }

        /** Leaves. If this waiter claimed, the next one does from now on. */
        @Override
        public void close() {
            if (claims) {
                group.stopClaiming();
            }
            groups.computeIfPresent(id, (name, known) -> known.withOneLess() ? null : known);
            places.release();
        }
    }
}
