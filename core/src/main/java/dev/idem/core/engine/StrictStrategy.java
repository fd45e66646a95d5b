package dev.idem.core.engine;

import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL decides, whatever Redis says; Redis answers repeats of what is completed, since an answer never changes. */
final class StrictStrategy implements ConsistencyStrategy {
    private static final Logger log = LoggerFactory.getLogger(StrictStrategy.class);

    private final IdempotencyStore database;
    private final CommitConflictLookup refusals;
    private final StrictReplayReader answers;
    private final MemoryFallback lastResort;

    StrictStrategy(
            IdempotencyStore database,
            CommitConflictLookup refusals,
            StrictReplayReader answers,
            MemoryFallback lastResort) {
        this.database = database;
        this.refusals = refusals;
        this.answers = answers;
        this.lastResort = lastResort;
    }

    @Override
    public Claim claim(ClaimRequest request, OnStoreFailure onStoreFailure) {
        Optional<Claim> known = answers.find(request).or(() -> lastResort.knownHereAlone(request, onStoreFailure));
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return database.claim(request);
        } catch (StoreUnavailableException e) {
            return lastResort.claim(request, onStoreFailure, e);
        }
    }

    @Override
    public boolean renew(Lease lease) {
        return lastResort.granted(lease) ? lastResort.renew(lease) : database.renew(lease);
    }

    @Override
    public CompletionOutcome complete(Lease lease, Answer answer) {
        CompletionAttempt settling = CompletionAttempt.in(database, lease, answer);
        if (settling.isStored()) {
            answers.remember(settling.lease(), answer);
        }
        return settling.settlement();
    }

    @Override
    public void committed(Lease lease, Answer answer) {
        answers.remember(lease, answer);
    }

    @Override
    public Claim refused(Lease lease) {
        return refusals.standing(lease);
    }

    @Override
    public void abandon(Lease lease) {
        if (lastResort.granted(lease)) {
            lastResort.abandon(lease);
            return;
        }
        try {
            database.abandon(lease);
        } catch (StoreUnavailableException e) {
            log.warn("{} stays locked until its lock time-out: {}", lease.id(), e.getMessage());
        }
    }
}
