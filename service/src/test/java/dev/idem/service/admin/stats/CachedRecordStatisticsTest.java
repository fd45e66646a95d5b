package dev.idem.service.admin.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.operations.upkeep.CountRecords.StoreCount;
import dev.idem.core.store.RecordStatistics;
import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A number that nobody could renew says so, and since when it is what it is. */
class CachedRecordStatisticsTest {
    private static final Duration STALE = Duration.ofSeconds(31);

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger counts = new AtomicInteger();
    private final AtomicBoolean forbidden = new AtomicBoolean();
    private final CachedRecordStatistics statistics =
            new CachedRecordStatistics(this::count, Runnable::run, clock::get);

    private StoreCount count(String store) {
        if (forbidden.get() && store.equals("redis")) {
            throw new StoreUnavailableException(store, "the server does not allow the command MEMORY");
        }
        return new StoreCount(store, "count " + counts.incrementAndGet(), RecordStatistics.NONE);
    }

    @Test
    void aCountThatCannotBeRenewedIsShownWithItsTimeAndTheReason() {
        assertThat(statistics.latest().unavailable()).isEmpty();
        forbidden.set(true);

        CachedRecordStatistics.Latest latest = later(STALE);

        assertThat(latest.stores()).extracting(StoreCount::countedAt).contains("count 2");
        assertThat(latest.unavailable())
                .extracting(UnavailableStore::store, UnavailableStore::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("redis", "the server does not allow the command MEMORY."));
    }

    @Test
    void itIsNotShownForEver() {
        assertThat(statistics.latest().stores()).hasSize(2);
        forbidden.set(true);

        for (int round = 0; round < 25; round++) {
            CachedRecordStatistics.Latest unused = later(STALE);
        }

        assertThat(later(STALE).stores()).extracting(StoreCount::store).containsExactly("postgresql");
        assertThat(later(STALE).unavailable()).hasSize(1);
    }

    @Test
    void aCountThatSucceedsAgainStandsAlone() {
        assertThat(statistics.latest().stores()).hasSize(2);
        forbidden.set(true);
        assertThat(later(STALE).unavailable()).hasSize(1);
        forbidden.set(false);

        assertThat(later(STALE).unavailable()).isEmpty();
    }

    /** The first call after the time renews in the background, the second sees what came of it. */
    private CachedRecordStatistics.Latest later(Duration time) {
        clock.addAndGet(time.toNanos());
        CachedRecordStatistics.Latest unused = statistics.latest();
        return statistics.latest();
    }
}
