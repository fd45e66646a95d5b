package dev.idem.core.operations;

import dev.idem.core.operations.ChangedRecord.Outcome;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.RecordAdministration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Records what became of a request whose outcome is unknown. Thread-safe. */
public final class ResolveRecord {
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

        private Found(String key, StoreReplies<List<RecordHead>> replies) {
            this.key = key;
            this.replies = replies;
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

    /** @param resolved the number of resolved records; one that both stores had counts twice */
    public record Result(
            String key,
            boolean dryRun,
            long resolved,
            List<ChangedRecord> records,
            List<UnavailableStore> unavailable) {

        /** How many stayed because they had changed. */
        public long changed() {
            return records.stream().filter(item -> item.is(Outcome.CHANGED)).count();
        }
    }

    /** @param scope empty for every scope that has the key */
    public Found find(String key, Optional<Scope> scope) {
        StoreReplies<List<RecordHead>> all = InspectRecords.find(stores, key, scope);
        return new Found(
                key,
                new StoreReplies<>(
                        all.replies().stream()
                                .map(reply -> new StoreReplies.Reply<>(
                                        reply.store(),
                                        reply.value().stream()
                                                .filter(RecordHead::outcomeUnknown)
                                                .toList()))
                                .toList(),
                        all.unavailable()));
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
        return new Result(
                found.key,
                false,
                items.stream().filter(item -> item.is(Outcome.RESOLVED)).count(),
                items,
                done.unavailable());
    }

    private static boolean resolve(RecordAdministration store, RecordHead record, Optional<RecordedResponse> answer) {
        return answer.map(known -> store.resolve(record, known)).orElseGet(() -> store.release(record));
    }
}
