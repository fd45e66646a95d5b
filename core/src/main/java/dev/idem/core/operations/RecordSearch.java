package dev.idem.core.operations;

import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Depth;
import dev.idem.core.store.RecordAdministration.Found;
import java.util.function.BiFunction;

/**
 * Searches PostgreSQL, which has indexes, and if it is unavailable or finds nothing, Redis, which has none. Thread-safe.
 *
 * @param depth how much of a store may be examined
 */
record RecordSearch(RecordStores stores, Depth depth) {

    /** What one of the stores found, or what both did not. */
    StoreReplies<Found> find(BiFunction<RecordAdministration, Depth, Found> search) {
        StoreReplies<Found> found = stores.attempt(stores.postgres(), store -> search.apply(store, depth));
        return found.anyMatch(result -> !result.heads().isEmpty())
                ? found
                : stores.attempt(stores.redis(), store -> search.apply(store, depth))
                        .and(found);
    }
}
