package dev.idem.core.failover;

import dev.idem.core.store.Generation;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.TrustRow;
import dev.idem.core.store.TrustRow.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node knows of who decides. It may be out of date, which does no harm: every step asks the store itself, and one
 * that is not in charge refuses. A generation that failed this node once is never used by it again. Thread-safe.
 */
public final class AuthorityState implements Supplier<Optional<Generation>> {
    private static final Logger log = LoggerFactory.getLogger(AuthorityState.class);

    /**
     * Time to find out whether this node is cut off from a fast store that others reach. Without it another one would trust it
     * again at once, this one would lose it again, and in each such change the two decide side by side for a moment.
     */
    private static final Duration HOLD_OFF = Duration.ofMillis(1_500);

    /**
     * Within this time after the end of a generation all nodes that reach the durable store have looked, and their journals
     * have told it what was granted to them until then.
     */
    private static final Duration NOTICE = Duration.ofSeconds(1);

    private final TrustRow table;
    private final FailoverListener listener;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Optional<Generation> trusted = Optional.empty();
    private volatile @Nullable Generation lost;
    private volatile boolean unrevoked;
    private volatile @Nullable Long endedAtNanos;
    private final AtomicBoolean unreachable = new AtomicBoolean();

    public AuthorityState(TrustRow table, FailoverListener listener) {
        this.table = table;
        this.listener = listener;
    }

    /** The generation under which the fast store decides; empty while the durable one does. */
    @Override
    public Optional<Generation> get() {
        return trusted;
    }

    /** The fast store failed to answer, or is not the one that was trusted: from now on this node asks the durable one. */
    public void lost(Generation generation, RuntimeException why) {
        if (lose(generation)) {
            unreachable.set(why instanceof StoreUnavailableException);
            log.warn("Failover: {} is authoritative until failback is complete: {}", table.name(), why.getMessage());
            listener.trustChanged(false);
        }
    }

    private synchronized boolean lose(Generation generation) {
        if (!trusted.equals(Optional.of(generation))) {
            return false;
        }
        lost = generation;
        unrevoked = true;
        trusted = Optional.empty();
        return true;
    }

    /**
     * Waits, after a generation has ended, until the other nodes know: one that does not yet may have had a request decided by
     * the fast store of which the durable one has not heard. To be called before the durable store is asked who executes.
     *
     * @param pingDurable throws {@link StoreUnavailableException} while the durable store is unavailable
     * @throws StoreUnavailableException if the durable store is unavailable, or the thread is interrupted
     */
    public void awaitPropagation(Runnable pingDurable) {
        if (unrevoked) {
            pingDurable.run();
            revoke();
        }
        @Nullable Long ended = endedAtNanos;
        if (ended == null) {
            return;
        }
        long left = ended + NOTICE.toNanos() - System.nanoTime();
        if (left <= 0) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(table.name(), "interrupted before all nodes knew that it decides");
        }
    }

    private void revoke() {
        looking.lock();
        try {
            if (unrevoked) {
                look();
            }
        } finally {
            looking.unlock();
        }
    }

    /**
     * Reads the trust row, and makes the two agree: a generation that was lost here is ended for all nodes. Of many
     * threads that call it together one looks.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if the durable store is unavailable
     */
    public State look() {
        looking.lock();
        try {
            State state = table.read();
            if (state.trusted() && state.generation().equals(lost)) {
                table.revoke(state.generation(), unreachable.getAndSet(false) ? HOLD_OFF : Duration.ZERO);
                state = table.read();
            } else if (!state.trusted() && unreachable.getAndSet(false)) {
                table.block(HOLD_OFF);
                state = table.read();
            }
            adopt(state);
            return state;
        } finally {
            looking.unlock();
        }
    }

    private synchronized void adopt(State state) {
        if (state.trusted() && state.generation().equals(lost)) {
            return; // lost after the row was read
        }
        Optional<Generation> before = trusted;
        trusted = state.trusted() ? Optional.of(state.generation()) : Optional.empty();
        if (!state.trusted() && (unrevoked || before.isPresent())) {
            endedAtNanos = System.nanoTime();
        }
        unrevoked = false;
        if (!trusted.equals(before)) {
            log.info(
                    trusted.isPresent()
                            ? "The fast store is authoritative: generation {} is trusted"
                            : "The durable store is authoritative: generation {} has ended",
                    state.generation());
            listener.trustChanged(trusted.isPresent());
        }
    }
}
