package dev.idem.core.failover;

import dev.idem.core.store.Generation;
import dev.idem.core.store.GenerationMarkers;
import dev.idem.core.store.NotAuthoritativeException;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.TrustRow;
import dev.idem.core.store.TrustRow.State;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the trust in the fast store, again and again: it ends when that store is not the one that was trusted, and
 * begins anew with a failback once every node can reach it. Thread-safe but for {@link #runOnce()}.
 */
public final class FailoverCoordinator {
    private static final Logger log = LoggerFactory.getLogger(FailoverCoordinator.class);

    /** A node that cannot reach the fast store says so each time; it counts as gone when it was silent for as long. */
    private static final Duration BLOCK = Duration.ofSeconds(3);

    private final AuthorityState trust;
    private final TrustRow table;
    private final GenerationMarkers markers;
    private final Runnable pingFast;
    private final Failback refill;

    /** @param pingFast throws {@link StoreUnavailableException} while the fast store is unavailable */
    public FailoverCoordinator(
            AuthorityState trust, TrustRow table, GenerationMarkers markers, Runnable pingFast, Failback refill) {
        this.trust = trust;
        this.table = table;
        this.markers = markers;
        this.pingFast = pingFast;
        this.refill = refill;
    }

    /**
     * Notices what other nodes have found out, and tries to win the trust again while there is none. For one thread at a time.
     * Never throws because a store does not answer: the next round may find it.
     */
    public void runOnce() {
        try {
            State state = trust.look();
            if (!state.trusted()) {
                winAgain(state);
            }
        } catch (StoreUnavailableException | NotAuthoritativeException e) {
            log.debug("the next round looks again: {}", e.getMessage());
        }
    }

    /**
     * Ends the trust if the fast store is not the one that was trusted. Apart from {@link #runOnce()}, which must not wait
     * for a store that is silent. Never throws because a store does not answer.
     */
    public void verify() {
        try {
            trust.get().ifPresent(this::verify);
        } catch (StoreUnavailableException e) {
            log.debug("the next round ends the trust: {}", e.getMessage());
        }
    }

    private void verify(Generation generation) {
        try {
            if (markers.isIntact(generation)) {
                return;
            }
            trust.lost(generation, new NotAuthoritativeException(markers.name(), "it was emptied or has restarted"));
        } catch (StoreUnavailableException e) {
            trust.lost(generation, e);
        }
        trust.look();
    }

    private void winAgain(State state) {
        try {
            pingFast.run();
        } catch (StoreUnavailableException e) {
            table.block(BLOCK);
            throw e;
        }
        if (!state.blocked()) {
            refill.run();
            trust.look();
        }
    }
}
