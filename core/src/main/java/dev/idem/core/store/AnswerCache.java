package dev.idem.core.store;

import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.StoredRecord;
import java.util.Optional;

/**
 * Answers of the durable store, kept in the fast one for replays. An answer never changes, so one found here is as good as
 * the durable store's own, whether the fast store is trusted or not; one not found says nothing. Thread-safe; methods throw
 * {@link StoreUnavailableException} when the fast store is unavailable.
 */
public interface AnswerCache {

    /** A replay, or a reused key; empty unless the record is completed here. */
    Optional<Claim> find(ClaimRequest request);

    /** Keeps an answer for as long as its request asks. */
    void remember(Lease lease, Answer answer);

    /**
     * Keeps the answer of a record for the rest of its life.
     *
     * @param completed as it was read from the durable store; it has no window
     */
    void remember(StoredRecord completed);
}
