package dev.idem.core.failover;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.GenerationMarkers;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.core.store.authority.TrustRow.State;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches periodically whether the fast store may decide. It revokes the generation when the store no longer has its
 * marker. It starts a failback once every node can reach the store. Thread-safe but for {@link #runOnce()}.
 */
public final class FailoverCoordinator {
    private static final Logger log = LoggerFactory.getLogger(FailoverCoordinator.class);

    /** A node that cannot reach the fast store reports that in each round. The report expires after this time. */
    private static final Duration BLOCK = Duration.ofSeconds(3);

    private static final String FOREIGN = "it belongs to another installation";

    private final AuthorityState trust;
    private final TrustRow table;
    private final GenerationMarkers markers;
    private final Ownership ownership;
    private final Runnable requireFast;
    private final Failback refill;
    private @Nullable String whyNoFailback;

    /** @param requireFast throws {@link StoreUnavailableException} while the fast store is unavailable or takes no writes */
    public FailoverCoordinator(
            AuthorityState trust,
            TrustRow table,
            GenerationMarkers markers,
            Ownership ownership,
            Runnable requireFast,
            Failback refill) {
        this.trust = trust;
        this.table = table;
        this.markers = markers;
        this.ownership = ownership;
        this.requireFast = requireFast;
        this.refill = refill;
    }

    /**
     * Reads what other nodes have found out, and tries a failback while no generation is trusted. For one thread at a
     * time. Never throws because a store is unavailable: the next round tries again.
     */
    public void runOnce() {
        try {
            State state = trust.look();
            if (ownership.isForeign()) {
                trust.get().ifPresent(this::leave);
            } else if (!state.trusted()) {
                winAgain(state);
            }
        } catch (StoreUnavailableException | NotAuthoritativeException e) {
            log.debug("the next round tries again: {}", e.getMessage());
        }
    }

    private void leave(Generation generation) {
        trust.lost(generation, new NotAuthoritativeException(markers.name(), FOREIGN));
        trust.look();
    }

    /**
     * Revokes the generation if the fast store no longer has its marker. Separate from {@link #runOnce()}, which must
     * not wait for a silent store. Never throws because a store is unavailable.
     */
    public void verify() {
        try {
            trust.get().ifPresent(this::verify);
        } catch (StoreUnavailableException e) {
            log.debug("the next round looks again: {}", e.getMessage());
        }
    }

    private void verify(Generation generation) {
        try {
            Optional<String> loss = markers.lossOf(generation);
            if (loss.isEmpty()) {
                return;
            }
            if (!isEndedByAnotherNode(generation)) {
                String why = ownership.wasAdopted() ? FOREIGN : loss.get();
                trust.lost(generation, new NotAuthoritativeException(markers.name(), why));
            }
        } catch (StoreUnavailableException e) {
            if (e.isBusy()) {
                throw e; // it was not asked
            }
            trust.lost(generation, e);
        }
        trust.look();
    }

    /** Then nothing has happened to the store. */
    private boolean isEndedByAnotherNode(Generation generation) {
        try {
            State state = table.read();
            return !state.trusted() || !state.generation().equals(generation);
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private void winAgain(State state) {
        try {
            requireFast.run();
        } catch (StoreUnavailableException e) {
            if (!e.isBusy()) {
                table.block(BLOCK);
            }
            throw e;
        }
        if (!state.blocked()) {
            failBack();
            trust.look();
        }
    }

    /**
     * An operator who waits for a failback must see that it does not succeed: another one begins from its start. One line is
     * enough while the reason is the same.
     */
    private void failBack() {
        try {
            refill.run();
            whyNoFailback = null;
        } catch (StoreUnavailableException | NotAuthoritativeException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.equals(whyNoFailback)) {
                log.warn("A failback has ended early, and the next round begins another: {}", why);
            }
            whyNoFailback = why;
            throw e;
        }
    }
}
