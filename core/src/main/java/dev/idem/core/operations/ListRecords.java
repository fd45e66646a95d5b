package dev.idem.core.operations;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord.State;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.RecordAdministration.Filter;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists the records of all stores, in each store's own order. Reads no answers. Thread-safe. */
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
     * @param scan whether all of Redis is read even where PostgreSQL's index would do
     */
    public record Query(@Nullable State state, @Nullable Scope scope, boolean stale, int limit, boolean scan) {
        /** @throws IllegalArgumentException with a complete sentence, if no record can match */
        public Query {
            if (stale && state == State.COMPLETED) {
                throw new IllegalArgumentException("A completed record is never stale: drop one of the two.");
            }
        }

        private Filter filter() {
            return new Filter(
                    stale ? State.PROCESSING : state, scope, stale ? Duration.ZERO : null, PageBounds.RECORDS);
        }
    }

    /**
     * How a list ended.
     *
     * @param more whether the limit left some out
     * @param unavailable the stores whose records are missing, or of which some are
     */
    public record End(boolean more, List<UnavailableStore> unavailable) {
        static End of(StoreReplies<Boolean> more) {
            return new End(more.anyMatch(cut -> cut), more.unavailable());
        }
    }

    /** Passes on the records as they are read, so that memory does not grow with their number. */
    public End list(Query query, Consumer<RecordView> consumer) {
        Filter filter = query.filter();
        BiConsumer<String, RecordHead> each = (store, head) -> consumer.accept(RecordView.of(store, head));
        return End.of(
                IndexedRecords.take(filter) && !query.scan()
                        ? new IndexedRecords(stores).find(filter, query.limit(), each)
                        : scan(filter, query.limit(), each));
    }

    private StoreReplies<Boolean> scan(Filter filter, int limit, BiConsumer<String, RecordHead> each) {
        return stores.ask(store -> new RecordScan(limit, head -> each.accept(store.name(), head))
                .over(store, filter)
                .more());
    }
}
