package dev.idem.core.engine.lookup;

import dev.idem.core.engine.breaker.StoreCircuitBreaker;
import dev.idem.core.engine.observe.EngineListener.Operation;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Finds out why the durable store did not commit an answer, by reading the record. Thread-safe. */
public final class CommitConflictLookup {
    private final String store;
    private final Function<RecordId, Optional<StoredRecord>> records;
    private final StoreCircuitBreaker guard;

    /**
     * Looks up in one store.
     *
     * @param store the durable store's name
     * @param records its records
     */
    public CommitConflictLookup(
            String store, Function<RecordId, Optional<StoredRecord>> records, StoreCircuitBreaker guard) {
        this.store = store;
        this.records = records;
        this.guard = guard;
    }

    /**
     * Returns another owner's answer, its running execution, or a different request.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if the durable store is unavailable
     */
    public Claim standing(Lease refused) {
        Optional<StoredRecord> standing = guard.ask(Operation.FIND, () -> records.apply(refused.id()));
        return standing.map(record -> new StandingRecord(record, store).toldTo(refused.request()))
                .orElseGet(() -> new Claim.InFlight(Instant.now(), store));
    }
}
