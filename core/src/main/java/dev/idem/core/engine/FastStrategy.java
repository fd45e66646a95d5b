package dev.idem.core.engine;

import dev.idem.core.failover.AuthorityState;
import dev.idem.core.journal.Journal;
import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
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
final class FastStrategy implements ConsistencyStrategy {
    private static final Logger log = LoggerFactory.getLogger(FastStrategy.class);

    /** Another round is needed only if the authoritative store changes in the middle of a step. */
    private static final int MAX_ROUNDS = 5;

    private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(1);

    private final AuthorityState trust;
    private final IdempotencyStore fast;
    private final IdempotencyStore durable;
    private final RecordLookup fastRecords;
    private final RecordLookup durableRecords;
    private final CommitConflictLookup refusals;
    private final Journal journal;
    private final MemoryFallback lastResort;

    FastStrategy(
            AuthorityState trust,
            IdempotencyStore fast,
            IdempotencyStore durable,
            RecordLookup fastRecords,
            RecordLookup durableRecords,
            CommitConflictLookup refusals,
            Journal journal,
            MemoryFallback lastResort) {
        this.trust = trust;
        this.fast = fast;
        this.durable = durable;
        this.fastRecords = fastRecords;
        this.durableRecords = durableRecords;
        this.refusals = refusals;
        this.journal = journal;
        this.lastResort = lastResort;
    }

    @Override
    public Claim claim(ClaimRequest request, OnStoreFailure onStoreFailure) {
        Optional<Claim> known = lastResort.knownHereAlone(request, onStoreFailure);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return whileAuthoritative(
                    request.id(), store -> store == fast ? claimInFast(request) : claimInDurable(request));
        } catch (StoreUnavailableException e) {
            return lastResort.claim(request, onStoreFailure, e);
        }
    }

    @Override
    public Optional<Claim> find(ClaimRequest request, OnStoreFailure onStoreFailure) {
        Optional<Claim> known = lastResort.knownHereAlone(request, onStoreFailure);
        if (known.isPresent()) {
            return known;
        }
        try {
            return whileAuthoritative(
                    request.id(), store -> (store == fast ? fastRecords : durableRecords).find(request));
        } catch (StoreUnavailableException e) {
            return lastResort.find(request, onStoreFailure, e);
        }
    }

    private Claim claimInFast(ClaimRequest request) {
        Claim claim = fast.claim(request);
        if (claim instanceof Claim.Acquired acquired) {
            journal.claimed(acquired.lease());
        }
        return claim;
    }

    private Claim claimInDurable(ClaimRequest request) {
        trust.awaitPropagation(durable::ping);
        return durable.claim(request);
    }

    @Override
    public boolean renew(Lease lease) {
        if (lastResort.granted(lease)) {
            return lastResort.renew(lease);
        }
        return whileAuthoritative(lease.id(), store -> {
            boolean renewed = store.renew(lease);
            if (renewed && store == fast) {
                journal.renewed(lease);
            }
            return renewed;
        });
    }

    @Override
    public CompletionOutcome complete(Lease lease, Answer answer) {
        return whileAuthoritative(lease.id(), store -> {
            CompletionAttempt settling = CompletionAttempt.in(store, lease, answer);
            if (settling.isStored() && store == fast) {
                journal.completed(settling.lease(), answer);
            }
            return settling.settlement();
        });
    }

    @Override
    public void committed(Lease lease, Answer answer) {
        try {
            boolean unused = whileAuthoritative(lease.id(), store -> store.complete(lease, answer));
        } catch (StoreUnavailableException e) {
            log.warn("{} is committed; repeats find out when they commit: {}", lease.id(), e.getMessage());
        }
    }

    @Override
    public Claim refused(Lease lease) {
        try {
            Claim instead = refusals.standing(lease);
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
    public void abandon(Lease lease) {
        if (lastResort.granted(lease)) {
            lastResort.abandon(lease);
            return;
        }
        try {
            boolean unused = whileAuthoritative(lease.id(), store -> {
                boolean abandoned = store.abandon(lease);
                if (abandoned && store == fast) {
                    journal.abandoned(lease);
                }
                return abandoned;
            });
        } catch (StoreUnavailableException e) {
            log.warn("{} stays locked until its lock timeout: {}", lease.id(), e.getMessage());
        }
    }

    /** @throws StoreUnavailableException if the authoritative store is unavailable, or cannot be determined */
    private <T> T whileAuthoritative(RecordId id, Function<IdempotencyStore, T> step) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<Generation> generation = trust.get();
            if (generation.isPresent()) {
                try {
                    return step.apply(fast);
                } catch (NotAuthoritativeException | StoreUnavailableException e) {
                    trust.lost(generation.get(), e);
                }
            }
            try {
                awaitThatDurableKnows(id);
                return step.apply(durable);
            } catch (NotAuthoritativeException fastDecides) {
                trust.look();
            }
        }
        throw new StoreUnavailableException("none", "authoritative store changed " + MAX_ROUNDS + " times");
    }

    /** The durable store must have this node's recent decisions before it decides. */
    private void awaitThatDurableKnows(RecordId id) {
        if (!journal.awaitWritten(id, journal.isStuck() ? Duration.ZERO : JOURNAL_PATIENCE)) {
            throw new StoreUnavailableException(durable.name(), "it lacks this node's latest decisions");
        }
    }
}
