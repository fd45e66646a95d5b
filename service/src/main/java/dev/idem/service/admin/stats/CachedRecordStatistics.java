package dev.idem.service.admin.stats;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.operations.upkeep.CountRecords.StoreCount;
import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record statistics of the stores, estimated from samples at most once in half a minute. A count that cannot be renewed is
 * shown for ten minutes, with the reason. Thread-safe.
 */
public final class CachedRecordStatistics {
    private static final Logger log = LoggerFactory.getLogger(CachedRecordStatistics.class);
    private static final List<String> STORES = List.of("postgresql", "redis");
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long PATIENCE_MS = 1_000;

    private final Function<String, StoreCount> counter;
    private final Ticker clock;
    private final AsyncLoadingCache<String, Counted> counts;

    /** @param executor runs the counts */
    public CachedRecordStatistics(RecordStores stores, Executor executor) {
        this(
                name -> stores.require(stores.named(name), store -> StoreCount.estimated(store, LONGEST)),
                executor,
                Ticker.systemTicker());
    }

    /** @param counter counts the records of a store; may throw {@link StoreUnavailableException} */
    CachedRecordStatistics(Function<String, StoreCount> counter, Executor executor, Ticker clock) {
        this.counter = counter;
        this.clock = clock;
        this.counts = Caffeine.newBuilder()
                .executor(executor)
                .ticker(clock)
                .refreshAfterWrite(FRESH)
                .expireAfterWrite(KEPT)
                .buildAsync(new CacheLoader<String, Counted>() {
                    @Override
                    public Counted load(String store) {
                        return counted(store);
                    }

                    @Override
                    public Counted reload(String store, Counted last) {
                        return countedAgain(store, last);
                    }
                });
    }

    /**
     * A count.
     *
     * @param count empty if it has become too old to be shown
     * @param at when it was made, by the clock
     * @param failure why it could not be renewed since
     */
    private record Counted(Optional<StoreCount> count, long at, Optional<StoreUnavailableException> failure) {}

    private Counted counted(String store) {
        return new Counted(Optional.of(counter.apply(store)), clock.read(), Optional.empty());
    }

    private Counted countedAgain(String store, Counted last) {
        try {
            Counted next = counted(store);
            if (last.failure().isPresent()) {
                log.info("the records in {} are counted again", store);
            }
            return next;
        } catch (StoreUnavailableException e) {
            if (last.failure().isEmpty()) {
                log.warn(
                        "the records in {} cannot be counted; the last numbers are shown for {} minutes: {}",
                        store,
                        KEPT.toMinutes(),
                        e.getMessage());
            }
            boolean old = clock.read() - last.at() > KEPT.toNanos();
            return new Counted(old ? Optional.empty() : last.count(), last.at(), Optional.of(e));
        }
    }

    /**
     * The latest counts.
     *
     * @param counting the stores whose first count is still running
     * @param unavailable the stores whose count is missing, or has not been renewed
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
            Counted counted = counts.get(store).get(PATIENCE_MS, TimeUnit.MILLISECONDS);
            counted.count().ifPresent(latest.stores()::add);
            counted.failure().map(UnavailableStore::of).ifPresent(latest.unavailable()::add);
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
