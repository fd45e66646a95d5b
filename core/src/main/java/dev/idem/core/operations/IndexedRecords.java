package dev.idem.core.operations;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import dev.idem.core.store.StoreUnavailableException;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds records without reading all of Redis: PostgreSQL's indexes have them, and Redis says what it has of these. Redis may
 * have others that PostgreSQL has not received yet. If PostgreSQL is unavailable, all of Redis is read. Thread-safe.
 */
final class IndexedRecords {
    private final RecordStores stores;

    IndexedRecords(RecordStores stores) {
        this.stores = stores;
    }

    /** Whether PostgreSQL has an index for such a search: for processing and for held records, and for those of one scope. */
    static boolean take(Filter filter) {
        return isIndexed(filter.state()) || filter.scope() != null;
    }

    private static boolean isIndexed(@Nullable RecordState state) {
        return state == RecordState.PROCESSING || state == RecordState.HELD;
    }

    /**
     * Passes on the records that match, each with its store's name.
     *
     * @param filter one that they {@link #take}
     * @param limit how many records of each store
     * @param scan whether all of Redis is read if PostgreSQL is unavailable; otherwise nothing is found then
     * @return for each store that answered, whether the limit left some out
     */
    StoreReplies<Boolean> find(Filter filter, int limit, boolean scan, BiConsumer<String, RecordHead> consumer) {
        RecordAdministration redis = stores.redis();
        RecordAdministration postgres = stores.postgres();
        RecordScan inRedis = new RecordScan(limit, head -> consumer.accept(redis.name(), head));
        RecordScan inPostgres = new RecordScan(limit, head -> consumer.accept(postgres.name(), head));
        Filter candidates = candidates(filter);
        StoreReplies<Boolean> ofRedis = StoreReplies.none();
        @Nullable String cursor = null;
        do {
            Page page;
            try {
                page = after(cursor, candidates);
            } catch (StoreUnavailableException e) {
                StoreReplies<Boolean> away = StoreReplies.unavailable(e);
                return cursor == null && scan
                        ? stores.attempt(redis, store -> inRedis.over(store, filter)
                                        .more())
                                .and(away)
                        : ofRedis.and(away);
            }
            if (ofRedis.unavailable().isEmpty()) {
                List<RecordId> ids = page.records().stream().map(RecordHead::id).toList();
                ofRedis = stores.attempt(redis, store -> {
                    store.heads(ids).stream().filter(filter::matches).forEach(inRedis::add);
                    return inRedis.more();
                });
            }
            page.records().stream().filter(filter::matches).forEach(inPostgres::add);
            cursor = page.next();
        } while (cursor != null && !(inRedis.more() && inPostgres.more()));
        return ofRedis.and(StoreReplies.of(postgres.name(), inPostgres.more()));
    }

    /** Of one scope all records, since PostgreSQL may not know yet that one has another state in Redis. */
    private static Filter candidates(Filter filter) {
        return isIndexed(filter.state()) ? filter : new Filter(null, filter.scope(), null, filter.pageSize());
    }

    private Page after(@Nullable String cursor, Filter filter) {
        return stores.require(stores.postgres(), store -> store.list(filter, cursor));
    }
}
