package dev.idem.service.admin.stats;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.operations.upkeep.CountRecords.StoreCount;
import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The record statistics of the stores, estimated from samples at most once in half a minute. Thread-safe.
 */
public final class CachedRecordStatistics {
    private static final List<String> STORES = List.of("postgresql", "redis");
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long PATIENCE_MS = 1_000;

    private final AsyncLoadingCache<String, StoreCount> counts;

    /** @param counter runs the counts */
    public CachedRecordStatistics(RecordStores stores, Executor counter) {
        this.counts = Caffeine.newBuilder()
                .executor(counter)
                .refreshAfterWrite(FRESH)
                .expireAfterWrite(KEPT)
                .buildAsync(name -> stores.require(stores.named(name), store -> StoreCount.estimated(store, LONGEST)));
    }

    /**
     * The latest counts.
     *
     * @param counting the stores whose first count is still running
     */
    record Latest(List<StoreCount> stores, List<String> counting, List<UnavailableStore> unavailable) {}

    /** Waits only briefly for a store whose first count is running. */
    Latest latest() {
        Latest latest = new Latest(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        STORES.forEach(store -> add(store, latest));
        return latest;
    }

    private void add(String store, Latest latest) {
        try {
            latest.stores().add(counts.get(store).get(PATIENCE_MS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException stillCounting) {
            latest.counting().add(store);
        } catch (ExecutionException e) {
            OutOfMemoryExit.haltAfter(e);
            if (!(e.getCause() instanceof StoreUnavailableException unavailable)) {
                throw new IllegalStateException("the records could not be counted", e);
            }
            latest.unavailable().add(UnavailableStore.of(unavailable));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            latest.counting().add(store);
        }
    }
}
