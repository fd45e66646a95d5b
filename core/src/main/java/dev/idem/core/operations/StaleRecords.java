package dev.idem.core.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.operations.ChangedRecord.Outcome;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.unreadable.UnreadableRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        private final StoreReplies<List<RecordHead>> heads;
        private final boolean more;
        private final Duration olderThan;
        private final UnreadableRecords.Summary unreadable;

        private Found(
                StoreReplies<List<RecordHead>> heads,
                boolean more,
                Duration olderThan,
                UnreadableRecords.Summary unreadable) {
            this.heads = heads;
            this.more = more;
            this.olderThan = olderThan;
            this.unreadable = unreadable;
        }

        public FoundRecords view() {
            return new FoundRecords(
                    heads.flatten((store, records) -> records.stream().map(head -> RecordView.of(store, head))),
                    more,
                    heads.unavailable(),
                    unreadable);
        }
    }

    /**
     * The result.
     *
     * @param cleared how many keys were freed; one that both stores had counts once
     * @param more whether there are more; call it again
     * @param unreadable what was left out because it is no record
     */
    public record Result(
            boolean dryRun,
            long cleared,
            List<ChangedRecord> records,
            boolean more,
            List<UnavailableStore> unavailable,
            UnreadableRecords.Summary unreadable) {

        /** Whether records may be missing because a store is unavailable, or has what cannot be read. */
        @JsonProperty
        public boolean partial() {
            return !unavailable.isEmpty() || !unreadable.none();
        }

        /** How many keys the records are of. */
        public long keys() {
            return ChangedRecord.keys(records);
        }

        /** Of how many keys a record stayed because it had changed. */
        public long changed() {
            return ChangedRecord.keys(records, Outcome.CHANGED);
        }
    }

    /**
     * All stale records that PostgreSQL knows of. Redis alone has those whose claims have not been written to PostgreSQL
     * yet: they are found as soon as a journal, or its recovery by another node, has written them.
     *
     * @param olderThan how long the owner must have been silent at least
     * @param limit how many records of each store
     */
    public Found find(Optional<Duration> olderThan, int limit) {
        return find(olderThan, limit, true);
    }

    /**
     * As {@link #find(Optional, int)}.
     *
     * @param scan false: while PostgreSQL is unavailable nothing is found. Else all of Redis is read then
     */
    public Found find(Optional<Duration> olderThan, int limit, boolean scan) {
        Duration silence = olderThan.orElse(Duration.ZERO);
        Filter filter = new Filter(RecordState.PROCESSING, null, silence, PageBounds.RECORDS);
        Map<String, List<RecordHead>> found = new HashMap<>();
        UnreadableRecords unreadable = new UnreadableRecords();
        StoreReplies<Boolean> more = new IndexedRecords(stores.reporting(unreadable))
                .find(filter, limit, scan, (store, head) -> found.computeIfAbsent(store, name -> new ArrayList<>())
                        .add(head));
        StoreReplies<List<RecordHead>> heads = new StoreReplies<>(
                more.replies().stream()
                        .map(reply ->
                                new StoreReplies.Reply<>(reply.store(), found.getOrDefault(reply.store(), List.of())))
                        .toList(),
                more.unavailable());
        return new Found(heads, more.anyMatch(cut -> cut), silence, unreadable.summary());
    }

    /** One record, if it is stale. */
    public Found find(Optional<Duration> olderThan, RecordId id) {
        Duration silence = olderThan.orElse(Duration.ZERO);
        UnreadableRecords unreadable = new UnreadableRecords();
        StoreReplies<List<RecordHead>> heads = stores.reporting(unreadable)
                .askOfRecord(store -> store.heads(List.of(id)).stream()
                        .filter(head -> head.stale() && head.staleFor(silence))
                        .toList());
        return new Found(heads, false, silence, unreadable.summary());
    }

    /** The result if nothing is cleared: in a dry run, or because the operator declined. */
    public Result unchanged(Found found, boolean dryRun) {
        return new Result(dryRun, 0, kept(found), found.more, found.heads.unavailable(), found.unreadable);
    }

    private static List<ChangedRecord> kept(Found found) {
        return found.heads.flatten((store, records) ->
                records.stream().map(head -> new ChangedRecord(Outcome.KEPT, RecordView.of(store, head))));
    }

    /** Removes them. Each record is compared again in the step that removes it; one that has changed stays. */
    public Result clear(Found found) {
        StoreReplies<List<ChangedRecord>> done =
                stores.askAgain(found.heads, (store, records) -> clear(store, records, found.olderThan));
        List<ChangedRecord> items = done.flatten((store, changes) -> changes.stream());
        return new Result(
                false,
                ChangedRecord.keys(items, Outcome.CLEARED),
                items,
                found.more,
                done.unavailable(),
                found.unreadable);
    }

    private List<ChangedRecord> clear(RecordAdministration store, List<RecordHead> records, Duration olderThan) {
        List<ChangedRecord> items = new ArrayList<>();
        List<RecordId> cleared = new ArrayList<>();
        try {
            for (RecordHead record : records) {
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
