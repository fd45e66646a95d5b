package dev.idem.core.failover;

import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.DurableCopy;
import dev.idem.core.store.DurableStore;
import dev.idem.core.store.FastCopy;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.GenerationMarkers;
import dev.idem.core.store.authority.Installation;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.core.store.unreadable.UnreadableRecords;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refills the fast store from the durable store, and makes it authoritative again. The durable store decides meanwhile,
 * and stamps its decisions with the number of the failover interval. Each interval copies to the fast store what was
 * stamped in the previous one. In the last interval all decisions wait for the copy. Thread-safe.
 */
public final class Failback {
    private static final Logger log = LoggerFactory.getLogger(Failback.class);

    /** So much takes a moment to copy, and decisions may wait that long. */
    private static final Copied FEW = new Copied(500, 4 * PageBounds.BYTES);

    private static final int MOST_INTERVALS = 50;

    /** The clocks of two servers need not run at the same speed. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** After this many records a log line shows progress. */
    private static final long MANY = 10_000;

    private final TrustRow table;
    private final Supplier<Installation> installation;
    private final Ownership ownership;
    private final FastStore fast;
    private final DurableStore durable;
    private final GenerationMarkers markers;
    private final FastCopy intoFast;
    private final FailoverListener listener;

    public Failback(
            TrustRow table, FastStore fast, DurableStore durable, Ownership ownership, FailoverListener listener) {
        this.table = table;
        this.installation = durable::installation;
        this.ownership = ownership;
        this.fast = fast;
        this.durable = durable;
        this.markers = fast.markers();
        this.intoFast = fast.copy();
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
        Copied[] told = {Copied.NOTHING};
        Generation next = Generation.next();
        Installation ours = installation.get();
        ownership.require(ours);
        TrustRow.State before = table.begin(next);
        boolean intact = markers.beginRefill(before.generation(), next);
        log.info("Failback begins: the fast store {}", intact ? "has missed decisions" : "may have lost records");
        UnreadableRecords unreadable = new UnreadableRecords();
        DurableCopy fromDurable = durable.copy().reporting(unreadable);
        bury(fromDurable, DurableCopy.EVER, next);
        Consumer<List<StoredRecord>> tell = records -> {
            intoFast.put(records, next);
            told[0] = told[0].and(records);
            progressed(told[0].records(), records.size());
        };
        if (!intact) {
            new FullRefill(fast, durable, unreadable).run(tell);
        }
        long upTo = intact ? before.refilledInterval() : before.interval();
        upTo = catchUp(fromDurable, next, upTo, tell, () -> told[0]);
        long from = upTo;
        table.handOver(next, interval -> {
            bury(fromDurable, Duration.ofNanos(System.nanoTime() - begin).plus(MARGIN), next);
            fromDurable.forEachDecided(from, interval, tell);
            ownership.require(ours);
            markers.trust(next);
        });
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        log.info("Failback complete: {} records in {} ms", told[0].records(), took.toMillis());
        if (!unreadable.summary().none()) {
            log.warn(
                    "Failback: {}. They stay where they are; keys of which a record is damaged are closed.",
                    unreadable.summary());
        }
        listener.refilled(told[0].records(), took);
    }

    /** A fast store with an old file has answers that were deleted since, and one that was away still has them. */
    private void bury(DurableCopy fromDurable, Duration within, Generation next) {
        long[] buried = new long[1];
        fromDurable.forEachTombstone(within, page -> buried[0] += intoFast.bury(page, next));
        if (buried[0] > 0) {
            log.info("Failback: {} answers that operators had deleted are gone from the fast store, too", buried[0]);
        }
    }

    private void progressed(long told, int justNow) {
        listener.refilling(told);
        if (told / MANY != (told - justNow) / MANY) {
            log.info("Failback: {} records copied to the fast store", told);
        }
    }

    /** @return the last interval that was copied to the fast store */
    private long catchUp(
            DurableCopy fromDurable,
            Generation next,
            long refilled,
            Consumer<List<StoredRecord>> tell,
            Supplier<Copied> told) {
        long upTo = refilled;
        for (int intervals = 0; intervals < MOST_INTERVALS; intervals++) {
            long closed = table.nextInterval(next) - 1;
            Copied before = told.get();
            int unused = fromDurable.forEachDecided(upTo, closed, tell);
            upTo = closed;
            if (told.get().since(before).isAtMost(FEW)) {
                break;
            }
        }
        return upTo;
    }
}
