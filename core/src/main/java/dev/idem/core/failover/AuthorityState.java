package dev.idem.core.failover;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.core.store.authority.TrustRow.State;
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
 * What this node knows about which store is authoritative. It may be out of date, which does no harm: each step checks
 * in the store itself, and a store that is not authoritative refuses. Once a generation has failed for this node, the
 * node never uses it again. Thread-safe.
 */
public final class AuthorityState implements Supplier<Optional<Generation>> {
    private static final Logger log = LoggerFactory.getLogger(AuthorityState.class);

    /**
     * Time to find out whether only this node cannot reach the fast store. Without it another node would trust the
     * store again at once, and this node would revoke that again. In each such change both stores decide for a moment.
     */
    private static final Duration HOLD_OFF = Duration.ofMillis(1_500);

    /**
     * Within this time after the end of a generation, all nodes that reach the durable store have read the trust row.
     * By then their journals have also written what the fast store granted them.
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

    /** The generation under which the fast store decides; empty while the durable store decides. */
    @Override
    public Optional<Generation> get() {
        return trusted;
    }

    /**
     * Reports that the fast store did not answer, or that its generation has ended. From now on this node uses the
     * durable store.
     */
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
     * Waits, after a generation has ended, until the other nodes know. A node that does not know yet may have a
     * decision of the fast store that the durable store lacks. Call this before a claim in the durable store.
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
            throw new StoreUnavailableException(table.name(), "interrupted before all nodes knew of the failover");
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
     * Reads the trust row and makes this node agree with it. A generation that was lost here is revoked for all nodes.
     * If many threads call this together, one of them reads.
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
