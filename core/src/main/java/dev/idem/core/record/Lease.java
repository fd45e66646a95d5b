package dev.idem.core.record;

import java.util.UUID;

/**
 * The right to execute, given to one owner at a time and kept alive by heartbeats.
 *
 * @param request the claim that was granted
 * @param store the name of the store that granted it; only that store can complete it
 * @param fencing grows with each new lease of the same record, also after the record was abandoned, and across stores.
 *     It is the granting store's clock in microseconds, or one more than the predecessor's number if that is larger.
 *     Pass it to resources that can refuse an older one (Kleppmann, "How to do distributed locking", 2016).
 * @param attempt 1 for the first execution, one more for each takeover from a stale owner
 */
public record Lease(ClaimRequest request, String store, long fencing, int attempt) {

    public RecordId id() {
        return request.id();
    }

    public UUID owner() {
        return request.owner();
    }

    /** Whether the record was taken over from a stale owner. */
    public boolean takenOver() {
        return attempt > 1;
    }
}
