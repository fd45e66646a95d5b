package dev.idem.service.admin.stats;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.store.RecordAdministration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the stores have, counted at most every half minute however often it is asked for, since counting walks through all
 * records. Thread-safe.
 */
public final class CachedRecordStatistics {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long PATIENCE_MS = 1_000;

    private final Map<String, RecordAdministration> stores;
    private final AsyncLoadingCache<String, RecordCounts> counts;

    /** @param counter does the counting */
    public CachedRecordStatistics(List<RecordAdministration> stores, Executor counter) {
        this.stores = stores.stream().collect(Collectors.toMap(RecordAdministration::name, Function.identity()));
        this.counts = Caffeine.newBuilder()
                .executor(counter)
                .refreshAfterWrite(FRESH)
                .expireAfterWrite(KEPT)
                .buildAsync(this::count);
    }

    private RecordCounts count(String store) {
        RecordAdministration counted = stores.get(store);
        if (counted == null) {
            throw new IllegalArgumentException("there is no store " + store);
        }
        return RecordCounts.of(store, Instant.now(), counted.statistics(LONGEST, unused -> {}));
    }

    /** Each store's, as it was counted last; a store that is counted for the first time is waited for, a moment at the most. */
    List<RecordCounts> latest() {
        return stores.keySet().stream().sorted().map(this::latest).toList();
    }

    private RecordCounts latest(String store) {
        try {
            return counts.get(store).get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillCounting) {
            return RecordCounts.without(store, "it is being counted; ask again");
        } catch (ExecutionException e) {
            OutOfMemoryExit.haltAfter(e);
            return RecordCounts.without(store, "it cannot be asked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return RecordCounts.without(store, "interrupted");
        }
    }
}
