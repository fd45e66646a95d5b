package dev.idem.core.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.operations.ChangedRecord.Outcome;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Depth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Records what became of a request whose outcome is unknown. Thread-safe. */
public final class ResolveRecord {
    /** A key that so many callers use is looked for in one scope, which the operator names. */
    private static final int MOST_SCOPES = 10_000;

    private final RecordStores stores;
    private final ActionLog log;

    public ResolveRecord(RecordStores stores, ActionLog log) {
        this.stores = stores;
        this.log = log;
    }

    /** The records of one key whose outcome is unknown. */
    public static final class Found {
        private final String key;
        private final StoreReplies<List<RecordHead>> replies;
        private final boolean cut;

        private Found(String key, StoreReplies<List<RecordHead>> replies, boolean cut) {
            this.key = key;
            this.replies = replies;
            this.cut = cut;
        }

        /** Whether more scopes have the key than were looked at. */
        public boolean cut() {
            return cut;
        }

        public List<RecordView> records() {
            return replies.flatten((store, records) -> records.stream().map(record -> RecordView.of(store, record)));
        }

        public Set<String> scopes() {
            return records().stream().map(RecordView::scope).collect(Collectors.toSet());
        }

        public List<UnavailableStore> unavailable() {
            return replies.unavailable();
        }
    }

    /** @param resolved how many keys were resolved; one that both stores had counts once */
    public record Result(
            String key,
            boolean dryRun,
            long resolved,
            List<ChangedRecord> records,
            List<UnavailableStore> unavailable) {

        /** Whether records may be missing because a store is unavailable. */
        @JsonProperty
        public boolean partial() {
            return !unavailable.isEmpty();
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

    /** @param scope empty for every scope that has the key. Searches the names of all records in Redis then */
    public Found find(String key, Optional<Scope> scope) {
        StoreReplies<RecordAdministration.Found> all = scope.map(owner -> stores.askOfRecord(
                        store -> new RecordAdministration.Found(store.heads(List.of(new RecordId(owner, key))), true)))
                .orElseGet(() -> stores.ask(store -> store.findByKey(key, MOST_SCOPES, Depth.WHOLE)));
        List<StoreReplies.Reply<List<RecordHead>>> held = all.replies().stream()
                .map(reply -> new StoreReplies.Reply<>(
                        reply.store(),
                        reply.value().heads().stream()
                                .filter(RecordHead::outcomeUnknown)
                                .toList()))
                .toList();
        return new Found(key, new StoreReplies<>(held, all.unavailable()), all.anyMatch(found -> !found.whole()));
    }

    /** The result if nothing is changed: in a dry run, or because the operator declined. */
    public Result unchanged(Found found, boolean dryRun) {
        List<ChangedRecord> kept = found.records().stream()
                .map(record -> new ChangedRecord(Outcome.KEPT, record))
                .toList();
        return new Result(found.key, dryRun, 0, kept, found.unavailable());
    }

    /** @param answer what repeats get from now on; empty if the request took no effect, and the next repeat executes */
    public Result resolve(Found found, Optional<RecordedResponse> answer) {
        StoreReplies<List<ChangedRecord>> done = stores.askAgain(found.replies, (store, records) -> records.stream()
                .map(record -> new ChangedRecord(
                        resolve(store, record, answer) ? Outcome.RESOLVED : Outcome.CHANGED,
                        RecordView.of(store.name(), record)))
                .toList());
        List<ChangedRecord> items = done.flatten((store, changes) -> changes.stream());
        Set<RecordId> resolved = items.stream()
                .filter(item -> item.is(Outcome.RESOLVED))
                .map(item -> item.record().id())
                .collect(Collectors.toSet());
        if (!resolved.isEmpty()) {
            log.did(
                    "resolve",
                    resolved,
                    answer.map(known -> "completed-with=" + known.status()).orElse("released"));
        }
        return new Result(found.key, false, ChangedRecord.keys(items, Outcome.RESOLVED), items, done.unavailable());
    }

    private static boolean resolve(RecordAdministration store, RecordHead record, Optional<RecordedResponse> answer) {
        return answer.map(known -> store.resolve(record, known)).orElseGet(() -> store.release(record));
    }
}
