package dev.idem.core.engine.lookup;

import dev.idem.core.engine.breaker.StoreCircuitBreaker;
import dev.idem.core.engine.observe.EngineListener.Operation;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Reads what one store has of a record, without claiming it. Thread-safe. */
public final class RecordLookup {
    private final String store;
    private final Function<RecordId, Optional<StoredRecord>> records;

    /**
     * @param store the store's name
     * @param records its records
     */
    public RecordLookup(String store, Function<RecordId, Optional<StoredRecord>> records, StoreCircuitBreaker breaker) {
        this(store, id -> breaker.ask(Operation.FIND, () -> records.apply(id)));
    }

    /** Of a store without a circuit breaker. */
    public RecordLookup(String store, Function<RecordId, Optional<StoredRecord>> records) {
        this.store = store;
        this.records = records;
    }

    /**
     * What a claim would be told; empty if it would acquire the record.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if the store is unavailable
     */
    public Optional<Claim> find(ClaimRequest request) {
        return standing(request.id())
                .filter(standing -> !standing.isFreeFor(request))
                .map(standing -> standing.toldTo(request));
    }

    /**
     * Why the store did not commit this lease's answer: another owner's answer, its running execution, or a different
     * request.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if the store is unavailable
     */
    public Claim whyRefused(Lease lease) {
        return standing(lease.id())
                .map(standing -> standing.toldTo(lease.request()))
                .orElseGet(() -> new Claim.InFlight(Instant.now(), store));
    }

    private Optional<StandingRecord> standing(RecordId id) {
        return records.apply(id).map(found -> new StandingRecord(found, store));
    }
}
