package dev.idem.core.engine.strategy;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.memory.MemoryStore;
import java.util.Optional;

/** The memory store, for when no other store is available. Thread-safe. */
public final class MemoryFallback {
    private final MemoryStore memory;
    private final SharedAnswers shared;

    /** @param shared what a store has that is not authoritative, but may respond */
    public MemoryFallback(MemoryStore memory, SharedAnswers shared) {
        this.memory = memory;
        this.shared = shared;
    }

    /**
     * Looks up what only this process knows. Call it before the stores, which receive this as soon as they are
     * available.
     *
     * @throws StoreUnavailableException if the policy allows no answers from memory
     */
    public Optional<Claim> knownHereAlone(ClaimRequest request, OnStoreFailure onStoreFailure) {
        if (!memory.knows(request.id())) {
            return Optional.empty();
        }
        Claim claim = memory.claim(request);
        if (claim instanceof Claim.Acquired acquired) {
            memory.abandon(acquired.lease()); // the record here ended without an answer
            return Optional.empty();
        }
        if (claim instanceof Claim.Replay && onStoreFailure == OnStoreFailure.CLOSED) {
            throw new StoreUnavailableException(MemoryStore.NAME, "the answer could not be stored yet");
        }
        return Optional.of(
                claim instanceof Claim.Replay replay && wasNotKept(replay.answer())
                        ? shared.find(request)
                                .filter(Claim.Replay.class::isInstance)
                                .orElse(claim)
                        : claim);
    }

    /**
     * Decides, if the policy allows it while no store is available.
     *
     * @throws StoreUnavailableException if it does not, if there is no memory for a new record, or if a store may be available and
     *     only this step failed
     */
    public Claim claim(ClaimRequest request, OnStoreFailure onStoreFailure, StoreUnavailableException why) {
        requireAsked(why);
        Optional<Claim> known = shared.find(request);
        if (known.isPresent()) {
            return known.get();
        }
        // After a conflict the store is well and serves other nodes, which would know nothing of a decision here.
        if (onStoreFailure == OnStoreFailure.CLOSED || why.reason() == UnavailableReason.CONFLICT) {
            throw why;
        }
        return memory.claim(request);
    }

    /**
     * What is known of the record without a claim. Call it after {@link #knownHereAlone}.
     *
     * @throws StoreUnavailableException if nothing is known, and the policy then refuses requests
     */
    public Optional<Claim> find(ClaimRequest request, OnStoreFailure onStoreFailure, StoreUnavailableException why) {
        requireAsked(why);
        Optional<Claim> known = shared.find(request);
        if (known.isEmpty() && onStoreFailure == OnStoreFailure.CLOSED) {
            throw why;
        }
        return known;
    }

    /** A store that is busy is not lost: it decides for other nodes, and the next request may ask it. */
    private static void requireAsked(StoreUnavailableException why) {
        if (why.isBusy()) {
            throw why;
        }
    }

    public boolean granted(Lease lease) {
        return lease.store().equals(MemoryStore.NAME);
    }

    /** An answer that waits for a store needs no heartbeat, and its lease is not lost. */
    public boolean renew(Lease lease) {
        return memory.renew(lease) || memory.answerOf(lease).isPresent();
    }

    public void abandon(Lease lease) {
        memory.abandon(lease);
    }

    /** See {@link ConsistencyStrategy#share}. */
    boolean share(Lease lease, Answer answer) {
        return shared.share(lease, answer);
    }

    /** See {@link ConsistencyStrategy#whole}. */
    Answer whole(Lease lease, Answer kept) {
        return wasNotKept(kept)
                ? shared.find(lease.request())
                        .filter(Claim.Replay.class::isInstance)
                        .map(replay -> ((Claim.Replay) replay).answer())
                        .orElse(kept)
                : kept;
    }

    private static boolean wasNotKept(Answer answer) {
        return answer.equals(MemoryStore.NOT_KEPT);
    }
}
