package dev.idem.core.engine.strategy;

import dev.idem.core.engine.lookup.RecordLookup;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.StoreUnavailableException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fast store while no store is authoritative. An answer there never changes, and a lease that was granted there
 * belongs to a request that may still execute. Thread-safe.
 */
public final class FastStoreAnswers implements SharedAnswers {
    private static final Logger log = LoggerFactory.getLogger(FastStoreAnswers.class);

    private final RecordLookup records;
    private final StrictReplayReader answers;

    public FastStoreAnswers(RecordLookup records, StrictReplayReader answers) {
        this.records = records;
        this.answers = answers;
    }

    /** Without a key, the record there may be of an earlier window. */
    @Override
    public Optional<Claim> find(ClaimRequest request) {
        if (request.window().isPresent()) {
            return Optional.empty();
        }
        try {
            return records.find(request);
        } catch (StoreUnavailableException e) {
            log.debug("{}: nothing is known of it: {}", request.id(), e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public boolean share(Lease lease, Answer answer) {
        return answers.rememberNow(lease, answer);
    }
}
