package dev.idem.core.failover;

import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.StoredRecord.State;
import dev.idem.core.store.DurableCopy;
import dev.idem.core.store.FastCopy;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.GenerationMarkers;
import dev.idem.core.store.authority.TrustRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refills the fast store from the durable store, and makes it authoritative again. The durable store decides meanwhile,
 * and stamps its decisions with the number of the failover interval. Each interval copies to the fast store what was
 * stamped in the previous one. In the last interval all decisions wait for the copy. Thread-safe.
 */
public final class Failback {
    private static final Logger log = LoggerFactory.getLogger(Failback.class);

    /** So many records take a few milliseconds to copy, and decisions may wait that long. */
    private static final int FEW = 500;

    private static final int MOST_INTERVALS = 50;

    /** After this many records a log line shows progress. */
    private static final long MANY = 10_000;

    private final TrustRow table;
    private final DurableCopy fromDurable;
    private final GenerationMarkers markers;
    private final FastCopy intoFast;
    private final Consumer<List<StoredRecord>> intoDurable;
    private final FailoverListener listener;

    /** @param intoDurable writes records of the fast store to the durable store, unless that has a later state */
    public Failback(
            TrustRow table,
            DurableCopy fromDurable,
            GenerationMarkers markers,
            FastCopy intoFast,
            Consumer<List<StoredRecord>> intoDurable,
            FailoverListener listener) {
        this.table = table;
        this.fromDurable = fromDurable;
        this.markers = markers;
        this.intoFast = intoFast;
        this.intoDurable = intoDurable;
        this.listener = listener;
    }

    /**
     * Does nothing if another node runs a failback.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if one of the two stores is unavailable; the fast store
     *     does not decide then
     * @throws dev.idem.core.store.authority.NotAuthoritativeException if another refill has begun since
     */
    public void run() {
        boolean unused = table.inTurn(this::refill);
    }

    private void refill() {
        long begin = System.nanoTime();
        AtomicLong told = new AtomicLong();
        Generation next = Generation.next();
        TrustRow.State before = table.begin(next);
        boolean intact = markers.beginRefill(before.generation(), next);
        log.info("Failback begins: the fast store {}", intact ? "has missed decisions" : "may have lost records");
        Consumer<List<StoredRecord>> tell = records -> {
            intoFast.put(records, next);
            progressed(told.addAndGet(records.size()), records.size());
        };
        if (!intact) {
            takeFromFast();
            fromDurable.forEach(tell);
        }
        long upTo = intact ? before.refilledInterval() : before.interval();
        upTo = catchUp(next, upTo, tell);
        long from = upTo;
        table.handOver(next, interval -> {
            fromDurable.forEachDecided(from, interval, tell);
            markers.trust(next);
        });
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        log.info("Failback complete: {} records in {} ms", told.get(), took.toMillis());
        listener.refilled(told.get(), took);
    }

    private void progressed(long told, int justNow) {
        listener.refilling(told);
        if (told / MANY != (told - justNow) / MANY) {
            log.info("Failback: {} records copied to the fast store", told);
        }
    }

    /** @return the last interval that was copied to the fast store */
    private long catchUp(Generation next, long refilled, Consumer<List<StoredRecord>> tell) {
        long upTo = refilled;
        for (int intervals = 0; intervals < MOST_INTERVALS; intervals++) {
            long closed = table.nextInterval(next) - 1;
            int decided = fromDurable.forEachDecided(upTo, closed, tell);
            upTo = closed;
            if (decided <= FEW) {
                break;
            }
        }
        return upTo;
    }

    /**
     * Copies to the durable store the answers that it lacks, since an answer never changes. For processing records it
     * has the later state.
     */
    private void takeFromFast() {
        intoFast.forEach(page -> {
            Map<State, List<StoredRecord>> byState = page.stream().collect(Collectors.groupingBy(StoredRecord::state));
            intoDurable.accept(byState.getOrDefault(State.COMPLETED, List.of()));
            intoFast.forget(byState.getOrDefault(State.PROCESSING, List.of()));
        });
    }
}
