package dev.idem.core.engine.strategy;

import dev.idem.core.engine.lookup.RecordLookup;
import dev.idem.core.failover.AuthorityState;
import dev.idem.core.journal.Journal;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.NotAuthoritativeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fast store decides while it is trusted, and the durable store follows through the journal. Otherwise the durable
 * store decides. Each step goes to the store that this node believes is authoritative. If that store refuses, the step
 * goes to the other one.
 */
public final class FastStrategy implements ConsistencyStrategy {
    private static final Logger log = LoggerFactory.getLogger(FastStrategy.class);

    /** Another round is needed only if the authoritative store changes in the middle of a step. */
    private static final int MAX_ROUNDS = 5;

    private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(1);

    private final AuthorityState authority;
    private final IdempotencyStore fast;
    private final IdempotencyStore durable;
    private final RecordLookup fastRecords;
    private final RecordLookup durableRecords;
    private final Journal journal;
    private final MemoryFallback memory;

    public FastStrategy(
            AuthorityState authority,
            IdempotencyStore fast,
            IdempotencyStore durable,
            RecordLookup fastRecords,
            RecordLookup durableRecords,
            Journal journal,
            MemoryFallback memory) {
        this.authority = authority;
        this.fast = fast;
        this.durable = durable;
        this.fastRecords = fastRecords;
        this.durableRecords = durableRecords;
        this.journal = journal;
        this.memory = memory;
    }

    /** @param byFast whether the fast store decided; the journal then reports it to the durable store */
    private record Decided<T>(T value, boolean byFast) {}

    @Override
    public Claim claim(ClaimRequest request, OnStoreFailure onStoreFailure) {
        Optional<Claim> known = memory.knownHereAlone(request, onStoreFailure);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return claim(request);
        } catch (StoreUnavailableException e) {
            return memory.claim(request, onStoreFailure, e);
        }
    }

    @Override
    public Optional<Claim> find(ClaimRequest request, OnStoreFailure onStoreFailure) {
        Optional<Claim> known = memory.knownHereAlone(request, onStoreFailure);
        if (known.isPresent()) {
            return known;
        }
        try {
            return decide(request.id(), store -> (store == fast ? fastRecords : durableRecords).find(request))
                    .value();
        } catch (StoreUnavailableException e) {
            return memory.find(request, onStoreFailure, e);
        }
    }

    private Claim claim(ClaimRequest request) {
        Decided<Claim> claim = decide(request.id(), store -> {
            if (store == durable) {
                authority.awaitPropagation(durable::ping);
            }
            return store.claim(request);
        });
        if (claim.byFast() && claim.value() instanceof Claim.Acquired acquired) {
            journal.claimed(acquired.lease());
        }
        return claim.value();
    }

    @Override
    public boolean renew(Lease lease) {
        if (memory.granted(lease)) {
            return memory.renew(lease);
        }
        Decided<Boolean> renewed = decide(lease.id(), store -> store.renew(lease));
        if (renewed.byFast() && renewed.value()) {
            journal.renewed(lease);
        }
        return renewed.value();
    }

    @Override
    public boolean renewBesideTransaction(Lease lease) {
        return memory.granted(lease)
                ? memory.renew(lease)
                : decide(lease.id(), store -> store == durable || store.renew(lease))
                        .value();
    }

    @Override
    public void awaitDurable(Lease lease) {
        if (!journal.awaitWritten(lease.id(), journal.isStuck() ? Duration.ZERO : JOURNAL_PATIENCE)) {
            log.debug("{}: its transaction begins before its claim is in the durable store", lease.id());
        }
    }

    @Override
    public CompletionOutcome complete(Lease lease, Answer answer) {
        Decided<CompletionAttempt> decided = decide(lease.id(), store -> CompletionAttempt.in(store, lease, answer));
        CompletionAttempt attempt = decided.value();
        if (decided.byFast() && attempt.isStored()) {
            journal.completed(attempt.lease(), answer);
        }
        return attempt.outcome();
    }

    @Override
    public void committed(Lease lease, Answer answer) {
        try {
            Decided<Boolean> unused = decide(lease.id(), store -> store.complete(lease, answer));
        } catch (StoreUnavailableException e) {
            log.warn("{} is committed; repeats find out when they commit: {}", lease.id(), e.getMessage());
        }
    }

    @Override
    public Claim refused(Lease lease) {
        try {
            Claim instead = durableRecords.whyRefused(lease);
            if (instead instanceof Claim.Replay replay) {
                committed(lease, replay.answer());
                return instead;
            }
            abandon(lease);
            return instead;
        } catch (StoreUnavailableException e) {
            abandon(lease);
            throw e;
        }
    }

    @Override
    public boolean share(Lease lease, Answer answer) {
        return memory.share(lease, answer);
    }

    @Override
    public Answer whole(Lease lease, Answer kept) {
        return memory.whole(lease, kept);
    }

    @Override
    public void abandon(Lease lease) {
        if (memory.granted(lease)) {
            memory.abandon(lease);
            return;
        }
        try {
            Decided<Boolean> abandoned = decide(lease.id(), store -> store.abandon(lease));
            if (abandoned.byFast() && abandoned.value()) {
                journal.abandoned(lease);
            }
        } catch (StoreUnavailableException e) {
            log.warn("{} stays locked until its lock timeout: {}", lease.id(), e.getMessage());
        }
    }

    /**
     * Asks the store that this node believes is authoritative, and the other one if that refuses or is unavailable.
     *
     * @throws StoreUnavailableException if the authoritative store is unavailable or busy, or cannot be determined
     */
    private <T> Decided<T> decide(RecordId id, Function<IdempotencyStore, T> step) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<Generation> generation = authority.get();
            if (generation.isPresent()) {
                try {
                    return new Decided<>(step.apply(fast), true);
                } catch (NotAuthoritativeException e) {
                    authority.lost(generation.get(), e);
                } catch (StoreUnavailableException e) {
                    lostUnlessBusy(generation.get(), e);
                }
            }
            awaitThatDurableKnows(id);
            try {
                return new Decided<>(step.apply(durable), false);
            } catch (NotAuthoritativeException fastDecides) {
                authority.look();
            }
        }
        throw new StoreUnavailableException("none", "authoritative store changed " + MAX_ROUNDS + " times");
    }

    /**
     * A store that was not asked may be well, and decides for other nodes: nothing else may then decide here. Unless others of
     * this node have found out meanwhile that it failed.
     */
    private void lostUnlessBusy(Generation generation, StoreUnavailableException why) {
        if (!why.isBusy()) {
            authority.lost(generation, why);
        } else if (authority.get().equals(Optional.of(generation))) {
            throw why;
        }
    }

    /**
     * The durable store must have this node's recent decisions before it decides. One that is well and lacks them is busy: other
     * nodes go on with it.
     */
    private void awaitThatDurableKnows(RecordId id) {
        if (!journal.awaitWritten(id, journal.isStuck() ? Duration.ZERO : JOURNAL_PATIENCE)) {
            UnavailableReason reason = journal.isStoreAway() ? UnavailableReason.OTHER : UnavailableReason.BUSY;
            throw new StoreUnavailableException(
                    durable.name(), reason, "it lacks this node's latest decisions", "", null);
        }
    }
}
