package dev.idem.core.engine;

import dev.idem.core.failover.AuthorityState;
import dev.idem.core.journal.Journal;
import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.store.Generation;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.NotAuthoritativeException;
import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis decides while it is trusted, and PostgreSQL follows through the journal; otherwise PostgreSQL does. Each step asks
 * the store that this node takes for the one in charge; one that is not refuses, and the step goes to the other.
 */
final class FastStrategy implements ConsistencyStrategy {
    private static final Logger log = LoggerFactory.getLogger(FastStrategy.class);

    /** Each further round needs the charge to change hands in the middle of a step. */
    private static final int MAX_ROUNDS = 5;

    private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(1);

    private final AuthorityState trust;
    private final IdempotencyStore redis;
    private final IdempotencyStore database;
    private final CommitConflictLookup refusals;
    private final Journal journal;
    private final MemoryFallback lastResort;

    FastStrategy(
            AuthorityState trust,
            IdempotencyStore redis,
            IdempotencyStore database,
            CommitConflictLookup refusals,
            Journal journal,
            MemoryFallback lastResort) {
        this.trust = trust;
        this.redis = redis;
        this.database = database;
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
                    request.id(), store -> store == redis ? claimInRedis(request) : claimInDatabase(request));
        } catch (StoreUnavailableException e) {
            return lastResort.claim(request, onStoreFailure, e);
        }
    }

    private Claim claimInRedis(ClaimRequest request) {
        Claim claim = redis.claim(request);
        if (claim instanceof Claim.Acquired acquired) {
            journal.claimed(acquired.lease());
        }
        return claim;
    }

    private Claim claimInDatabase(ClaimRequest request) {
        trust.awaitPropagation(database::ping);
        return database.claim(request);
    }

    @Override
    public boolean renew(Lease lease) {
        if (lastResort.granted(lease)) {
            return lastResort.renew(lease);
        }
        return whileAuthoritative(lease.id(), store -> {
            boolean renewed = store.renew(lease);
            if (renewed && store == redis) {
                journal.renewed(lease);
            }
            return renewed;
        });
    }

    @Override
    public CompletionOutcome complete(Lease lease, Answer answer) {
        return whileAuthoritative(lease.id(), store -> {
            CompletionAttempt settling = CompletionAttempt.in(store, lease, answer);
            if (settling.isStored() && store == redis) {
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
                if (abandoned && store == redis) {
                    journal.abandoned(lease);
                }
                return abandoned;
            });
        } catch (StoreUnavailableException e) {
            log.warn("{} stays locked until its lock time-out: {}", lease.id(), e.getMessage());
        }
    }

    /** @throws StoreUnavailableException if the store in charge cannot be asked, or cannot be found out */
    private <T> T whileAuthoritative(RecordId id, Function<IdempotencyStore, T> step) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<Generation> generation = trust.get();
            if (generation.isPresent()) {
                try {
                    return step.apply(redis);
                } catch (NotAuthoritativeException | StoreUnavailableException e) {
                    trust.lost(generation.get(), e);
                }
            }
            try {
                awaitThatPostgresqlKnows(id);
                return step.apply(database);
            } catch (NotAuthoritativeException redisDecides) {
                trust.look();
            }
        }
        throw new StoreUnavailableException("none", "the charge kept changing hands");
    }

    /** What Redis has granted here lately, PostgreSQL must know before it decides. */
    private void awaitThatPostgresqlKnows(RecordId id) {
        if (!journal.awaitWritten(id, journal.isStuck() ? Duration.ZERO : JOURNAL_PATIENCE)) {
            throw new StoreUnavailableException(database.name(), "it has not been told yet what Redis granted here");
        }
    }
}
