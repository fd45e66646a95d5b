package dev.idem.core.operations;

import dev.idem.core.operations.ChangedRecord.Outcome;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.StoredRecord.State;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the records of dead owners, and frees their keys. A record is stale when its owner has been silent for longer
 * than the record's lock timeout. A longer silence in the request narrows the selection; a shorter one does not widen
 * it. Thread-safe.
 */
public final class StaleRecords {
    /** How many records of one store are processed together. */
    public static final int MOST_AT_ONCE = 10_000;

    private final RecordStores stores;
    private final ActionLog log;

    public StaleRecords(RecordStores stores, ActionLog log) {
        this.stores = stores;
        this.log = log;
    }

    /** Stale records as read. */
    public static final class Found {
        private final StoreReplies<RecordScan> scans;
        private final Duration olderThan;

        private Found(StoreReplies<RecordScan> scans, Duration olderThan) {
            this.scans = scans;
            this.olderThan = olderThan;
        }

        public FoundRecords view() {
            return FoundRecords.of(scans);
        }
    }

    /**
     * The result.
     *
     * @param cleared the number of removed records; one that both stores had counts twice
     * @param more whether there are more; call it again
     */
    public record Result(
            boolean dryRun,
            long cleared,
            List<ChangedRecord> records,
            boolean more,
            List<UnavailableStore> unavailable) {

        /** How many stayed because they had changed. */
        public long changed() {
            return records.stream().filter(item -> item.is(Outcome.CHANGED)).count();
        }
    }

    /**
     * All stale records.
     *
     * @param olderThan how long the owner must have been silent at least
     * @param limit how many records of each store
     */
    public Found find(Optional<Duration> olderThan, int limit) {
        Duration silence = olderThan.orElse(Duration.ZERO);
        Filter filter = new Filter(State.PROCESSING, null, silence, RecordScan.PAGE_SIZE);
        return new Found(stores.ask(store -> RecordScan.first(store, filter, StoredRecord::stale, limit)), silence);
    }

    /** One record, if it is stale. */
    public Found find(Optional<Duration> olderThan, RecordId id) {
        Duration silence = olderThan.orElse(Duration.ZERO);
        return new Found(
                stores.ask(store -> new RecordScan(
                        store.find(id).stream()
                                .filter(record -> record.stale() && record.staleFor(silence))
                                .toList(),
                        false)),
                silence);
    }

    /** The result if nothing is cleared: in a dry run, or because the operator declined. */
    public Result unchanged(Found found, boolean dryRun) {
        return new Result(dryRun, 0, kept(found), found.scans.anyMatch(RecordScan::more), found.scans.unavailable());
    }

    private static List<ChangedRecord> kept(Found found) {
        return found.scans.flatten((store, scan) ->
                scan.records().stream().map(record -> new ChangedRecord(Outcome.KEPT, RecordView.of(store, record))));
    }

    /** Removes them. Each record is compared again in the step that removes it; one that has changed stays. */
    public Result clear(Found found) {
        StoreReplies<List<ChangedRecord>> done =
                stores.askAgain(found.scans, (store, scan) -> clear(store, scan.records(), found.olderThan));
        List<ChangedRecord> items = done.flatten((store, changes) -> changes.stream());
        return new Result(
                false,
                items.stream().filter(item -> item.is(Outcome.CLEARED)).count(),
                items,
                found.scans.anyMatch(RecordScan::more),
                done.unavailable());
    }

    private List<ChangedRecord> clear(RecordAdministration store, List<StoredRecord> records, Duration olderThan) {
        List<ChangedRecord> items = new ArrayList<>();
        List<RecordId> cleared = new ArrayList<>();
        try {
            for (StoredRecord record : records) {
                Duration silence = olderThan.compareTo(record.lockTimeout()) > 0 ? olderThan : record.lockTimeout();
                boolean done = store.clearIfStale(record, silence);
                if (done) {
                    cleared.add(record.id());
                }
                items.add(new ChangedRecord(
                        done ? Outcome.CLEARED : Outcome.CHANGED, RecordView.of(store.name(), record)));
            }
        } finally {
            if (!cleared.isEmpty()) {
                log.did("clear-stale", cleared, "store=" + store.name());
            }
        }
        return items;
    }
}
