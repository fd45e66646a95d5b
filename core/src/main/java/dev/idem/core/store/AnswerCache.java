package dev.idem.core.store;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import java.util.Optional;

/**
 * Answers of the durable store, kept in the fast store for replays. An answer never changes, so one found here is valid
 * whether the fast store is trusted or not. A missing answer says nothing. Thread-safe; methods throw
 * {@link StoreUnavailableException} when the fast store is unavailable.
 */
public interface AnswerCache {

    /** A replay, or a reused key; empty unless the record is completed here. */
    Optional<Claim> find(ClaimRequest request);

    /** Keeps an answer for its request's time to live. */
    void remember(Lease lease, Answer answer);

    /**
     * Keeps a record's answer until the record expires.
     *
     * @param completed the record as read from the durable store; it has no window
     */
    void remember(StoredRecord completed);
}
