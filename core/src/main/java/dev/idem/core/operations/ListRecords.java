package dev.idem.core.operations;

import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord.State;
import dev.idem.core.store.RecordAdministration.Filter;
import org.jspecify.annotations.Nullable;

/** Lists the records of all stores, in each store's own order. Thread-safe. */
public final class ListRecords {
    private final RecordStores stores;

    public ListRecords(RecordStores stores) {
        this.stores = stores;
    }

    /**
     * Selects records.
     *
     * @param stale only records whose owner has been silent for longer than its lock timeout
     * @param limit how many records of each store, at least 1
     */
    public record Query(@Nullable State state, @Nullable Scope scope, boolean stale, int limit) {
        /** @throws IllegalArgumentException with a complete sentence, if no record can match */
        public Query {
            if (stale && state == State.COMPLETED) {
                throw new IllegalArgumentException("A completed record is never stale: drop one of the two.");
            }
        }
    }

    public FoundRecords list(Query query) {
        State state = query.stale() ? State.PROCESSING : query.state();
        Filter filter = new Filter(state, query.scope(), null, RecordScan.PAGE_SIZE);
        return FoundRecords.of(stores.ask(
                store -> RecordScan.first(store, filter, record -> !query.stale() || record.stale(), query.limit())));
    }
}
