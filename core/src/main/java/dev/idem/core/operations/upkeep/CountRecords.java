package dev.idem.core.operations.upkeep;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.operations.StoreReplies;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Counts the stores' records, or estimates how many there are. Thread-safe. */
public final class CountRecords {
    private final RecordStores stores;

    public CountRecords(RecordStores stores) {
        this.stores = stores;
    }

    /** The counts of the stores that answered. */
    public record Result(List<StoreCount> stores, List<UnavailableStore> unavailable) {

        /** Whether the counts of a store are missing because it is unavailable. */
        @JsonProperty
        public boolean partial() {
            return !unavailable.isEmpty();
        }
    }

    /** @param countedAt by this process's clock, in ISO 8601 */
    public record StoreCount(String store, String countedAt, RecordStatistics statistics) {

        /** Estimates one store's records, as {@link RecordAdministration#estimate} does. */
        public static StoreCount estimated(RecordAdministration store, Duration limit) {
            return now(store, store.estimate(limit));
        }

        private static StoreCount now(RecordAdministration store, RecordStatistics statistics) {
            return new StoreCount(store.name(), Instant.now().toString(), statistics);
        }
    }

    /**
     * Estimates all stores' records from samples, one store after the other: a second or so for each.
     *
     * @param limit how long each may take
     */
    public Result estimate(Duration limit) {
        return ask(store -> StoreCount.estimated(store, limit));
    }

    /**
     * Counts all stores, one after the other. It reads every record's header, so call it rarely.
     *
     * @param limit how long counting a store may take; records that are not counted by then are missing
     * @param counted receives the number counted so far, in all stores
     */
    public Result count(Duration limit, LongConsumer counted) {
        AtomicLong before = new AtomicLong();
        return ask(store -> {
            RecordStatistics statistics = store.statistics(limit, count -> counted.accept(before.get() + count));
            before.addAndGet(statistics.total());
            return StoreCount.now(store, statistics);
        });
    }

    private Result ask(Function<RecordAdministration, StoreCount> question) {
        StoreReplies<StoreCount> counts = stores.ask(question);
        return new Result(
                counts.replies().stream().map(StoreReplies.Reply::value).toList(), counts.unavailable());
    }
}
