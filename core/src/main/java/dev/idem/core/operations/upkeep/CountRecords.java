package dev.idem.core.operations.upkeep;

import dev.idem.core.operations.RecordStores;
import dev.idem.core.operations.StoreReplies;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;

/** Counts the stores' records. It reads every record's header, so call it rarely. Thread-safe. */
public final class CountRecords {
    private final RecordStores stores;

    public CountRecords(RecordStores stores) {
        this.stores = stores;
    }

    /** The counts of the stores that answered. */
    public record Result(List<StoreCount> stores, List<UnavailableStore> unavailable) {}

    /** @param countedAt by this process's clock, in ISO 8601 */
    public record StoreCount(String store, String countedAt, RecordStatistics statistics) {

        /** Counts one store, as {@link RecordAdministration#statistics} does. */
        public static StoreCount of(RecordAdministration store, Duration limit, LongConsumer counted) {
            RecordStatistics statistics = store.statistics(limit, counted);
            return new StoreCount(store.name(), Instant.now().toString(), statistics);
        }
    }

    /**
     * Counts all stores, one after the other.
     *
     * @param limit how long counting may take; records that are not counted by then are missing
     */
    public Result count(Duration limit, LongConsumer counted) {
        StoreReplies<StoreCount> counts = stores.ask(store -> StoreCount.of(store, limit, counted));
        return new Result(
                counts.replies().stream().map(StoreReplies.Reply::value).toList(), counts.unavailable());
    }
}
