package dev.idem.core.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.operations.ChangedRecord.Outcome;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.Tombstone;
import java.util.List;
import java.util.Optional;

/**
 * Removes one record from all stores, in any state: the next request with the key executes. The stores keep a tombstone
 * until the record would have expired, so that no copy comes back. Thread-safe.
 */
public final class DeleteRecord {
    private final RecordStores stores;
    private final ActionLog log;

    public DeleteRecord(RecordStores stores, ActionLog log) {
        this.stores = stores;
        this.log = log;
    }

    /** Whether a record may be deleted. */
    public enum Permission {
        ALLOWED,
        /** No store that answered has it. */
        NOT_FOUND,
        /** Its request executes; a repeat would execute at the same time. Needs force. */
        OWNER_ALIVE,
        /** The authoritative store is unavailable, or a copy cannot be read, so nobody knows whether its request executes. Needs force. */
        UNCERTAIN
    }

    /** The record as each store has it. */
    public static final class Found {
        private final RecordId id;
        private final StoreReplies<Optional<StoredRecord>> replies;
        private final boolean certain;

        private Found(RecordId id, StoreReplies<Optional<StoredRecord>> replies, boolean certain) {
            this.id = id;
            this.replies = replies;
            this.certain = certain;
        }

        public List<RecordView> records() {
            return replies.flatten((store, found) -> found.stream().map(record -> RecordView.of(store, record)));
        }

        public List<UnavailableStore> unavailable() {
            return replies.unavailable();
        }

        /** @param force also while its request executes, or if that is unknown */
        public Permission permission(boolean force) {
            if (!replies.anyMatch(Optional::isPresent) && unreadableIn().isEmpty()) {
                return Permission.NOT_FOUND;
            }
            if (force) {
                return Permission.ALLOWED;
            }
            if (replies.anyMatch(found -> found.filter(StoredRecord::executing).isPresent())) {
                return Permission.OWNER_ALIVE;
            }
            return certain ? Permission.ALLOWED : Permission.UNCERTAIN;
        }

        /** The stores that have something in its place that is no record. */
        private List<String> unreadableIn() {
            return replies.unavailable().stream()
                    .filter(UnavailableStore::ofOneRecord)
                    .map(UnavailableStore::store)
                    .toList();
        }
    }

    /**
     * The result.
     *
     * @param deleted the number of deleted records; one that both stores had counts twice
     * @param deletedFrom the stores that had it, by name
     * @param unavailable the stores that may still have it
     */
    public record Result(
            String key,
            String scope,
            long deleted,
            List<String> deletedFrom,
            List<ChangedRecord> records,
            List<UnavailableStore> unavailable) {

        /** Whether records may be missing because a store is unavailable. */
        @JsonProperty
        public boolean partial() {
            return !unavailable.isEmpty();
        }
    }

    public Found find(RecordId id) {
        StoreReplies<Optional<StoredRecord>> replies = stores.askOfRecord(store -> store.find(id));
        List<String> away =
                replies.unavailable().stream().map(UnavailableStore::store).toList();
        boolean certain = away.isEmpty()
                || (replies.unavailable().stream().noneMatch(UnavailableStore::ofOneRecord)
                        && stores.authority().usual().filter(away::contains).isEmpty());
        return new Found(id, replies, certain);
    }

    /** The result if nothing is deleted. */
    public Result unchanged(Found found) {
        return result(found, List.of(), found.unavailable());
    }

    /** Call it only with {@link Permission#ALLOWED}. */
    public Result delete(Found found, boolean force) {
        Tombstone tombstone = Tombstone.of(found.id, found.replies.flatten((store, copy) -> copy.stream()));
        StoreReplies<Boolean> readable = stores.askAgain(found.replies, (store, unused) -> store.delete(tombstone));
        StoreReplies<Boolean> done = new StoreReplies<>(
                readable.replies(),
                readable.unavailable().stream()
                        .filter(store -> !store.ofOneRecord())
                        .toList());
        for (String store : found.unreadableIn()) {
            done = done.and(stores.attemptOfRecord(stores.named(store), there -> there.delete(tombstone)));
        }
        List<String> from = done.replies().stream()
                .filter(StoreReplies.Reply::value)
                .map(StoreReplies.Reply::store)
                .sorted()
                .toList();
        if (!from.isEmpty()) {
            log.did("delete", List.of(found.id), "stores=" + String.join(",", from) + " forced=" + force);
        }
        return result(found, from, done.unavailable());
    }

    private static Result result(Found found, List<String> from, List<UnavailableStore> unavailable) {
        List<ChangedRecord> items = found.records().stream()
                .map(record ->
                        new ChangedRecord(from.contains(record.store()) ? Outcome.DELETED : Outcome.KEPT, record))
                .toList();
        return new Result(found.id.key(), found.id.scope().value(), from.size(), from, items, unavailable);
    }
}
