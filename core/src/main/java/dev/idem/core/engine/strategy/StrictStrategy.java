package dev.idem.core.engine.strategy;

import dev.idem.core.engine.lookup.RecordLookup;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable store always decides. The fast store answers repeats of completed requests, since an answer never
 * changes.
 */
public final class StrictStrategy implements ConsistencyStrategy {
    private static final Logger log = LoggerFactory.getLogger(StrictStrategy.class);

    private final IdempotencyStore durable;
    private final RecordLookup records;
    private final StrictReplayReader answers;
    private final MemoryFallback memory;

    public StrictStrategy(
            IdempotencyStore durable, RecordLookup records, StrictReplayReader answers, MemoryFallback memory) {
        this.durable = durable;
        this.records = records;
        this.answers = answers;
        this.memory = memory;
    }

    @Override
    public Claim claim(ClaimRequest request, OnStoreFailure onStoreFailure) {
        Optional<Claim> known = knownWithoutDurable(request, onStoreFailure);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return durable.claim(request);
        } catch (StoreUnavailableException e) {
            return untrusted(request, e).orElseGet(() -> memory.claim(request, onStoreFailure, e));
        }
    }

    @Override
    public Optional<Claim> find(ClaimRequest request, OnStoreFailure onStoreFailure) {
        Optional<Claim> known = knownWithoutDurable(request, onStoreFailure);
        if (known.isPresent()) {
            return known;
        }
        try {
            return records.find(request);
        } catch (StoreUnavailableException e) {
            return untrusted(request, e).or(() -> memory.find(request, onStoreFailure, e));
        }
    }

    /** A durable store that is only busy knows better. */
    private Optional<Claim> untrusted(ClaimRequest request, StoreUnavailableException why) {
        return why.isBusy() ? Optional.empty() : answers.findUntrusted(request);
    }

    private Optional<Claim> knownWithoutDurable(ClaimRequest request, OnStoreFailure onStoreFailure) {
        return answers.find(request).or(() -> memory.knownHereAlone(request, onStoreFailure));
    }

    @Override
    public boolean renew(Lease lease) {
        return memory.granted(lease) ? memory.renew(lease) : durable.renew(lease);
    }

    @Override
    public boolean renewBesideTransaction(Lease lease) {
        return !memory.granted(lease) || memory.renew(lease);
    }

    /** It has decided, so it has the claim. */
    @Override
    public void awaitDurable(Lease lease) {}

    @Override
    public CompletionOutcome complete(Lease lease, Answer answer) {
        CompletionAttempt attempt = CompletionAttempt.in(durable, lease, answer);
        if (attempt.isStored()) {
            answers.remember(attempt.lease(), answer);
        }
        return attempt.outcome();
    }

    @Override
    public void committed(Lease lease, Answer answer) {
        answers.remember(lease, answer);
    }

    @Override
    public Claim refused(Lease lease) {
        return records.whyRefused(lease);
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
            durable.abandon(lease);
        } catch (StoreUnavailableException e) {
            log.warn("{} stays locked until its lock timeout: {}", lease.id(), e.getMessage());
        }
    }
}
