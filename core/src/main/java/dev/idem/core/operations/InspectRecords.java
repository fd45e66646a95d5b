package dev.idem.core.operations;

import dev.idem.core.reconcile.RecordPair;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows records in all stores side by side, and what the next repeat gets. Thread-safe. */
public final class InspectRecords {
    private static final int MOST_SCOPES = 100;

    private final RecordStores stores;

    public InspectRecords(RecordStores stores) {
        this.stores = stores;
    }

    /**
     * The result.
     *
     * @param key the requested key; null if none was given
     * @param verdicts one for each record, whichever stores have it
     */
    public record Inspection(
            @Nullable String key,
            List<RecordView> records,
            List<RecordVerdict> verdicts,
            List<UnavailableStore> unavailable) {}

    /** One record. */
    public Inspection record(RecordId id) {
        return inspection(id.key(), find(stores, id.key(), Optional.of(id.scope())));
    }

    /** The records of one key in every scope. */
    public Inspection key(String key) {
        return inspection(key, find(stores, key, Optional.empty()));
    }

    /**
     * The records of one scope, the newest first.
     *
     * @param path only requests to this path or to one of its parents; a query is ignored
     * @param limit how many records of each store, at least 1
     */
    public Inspection caller(Scope scope, Optional<String> path, int limit) {
        Optional<String> asked = path.map(text -> text.split("\\?", 2)[0]);
        return inspection(null, stores.ask(store -> ofCaller(store, scope, asked, limit)));
    }

    /** The records of a key in each store, in one scope or in every scope. */
    static StoreReplies<List<StoredRecord>> find(RecordStores stores, String key, Optional<Scope> scope) {
        return stores.ask(store -> scope.map(
                        owner -> store.find(new RecordId(owner, key)).stream().toList())
                .orElseGet(() -> store.findByKey(key, MOST_SCOPES)));
    }

    private static List<StoredRecord> ofCaller(
            RecordAdministration store, Scope scope, Optional<String> path, int limit) {
        if (path.isEmpty()) {
            return newest(store, scope, record -> true, limit);
        }
        Predicate<StoredRecord> sentThere =
                record -> RoutePattern.of(record.origin()).takes(path.get());
        // On some routes a key has another meaning on each path; such keys have a scope per path.
        return Stream.concat(
                        newest(store, scope, sentThere, limit).stream(),
                        newest(store, scope.at(path.get()), record -> true, limit).stream())
                .sorted(Comparator.comparing(StoredRecord::claimedAt).reversed())
                .limit(limit)
                .toList();
    }

    private static List<StoredRecord> newest(
            RecordAdministration store, Scope scope, Predicate<StoredRecord> condition, int limit) {
        return RecordScan.newest(store, new Filter(null, scope, null, RecordScan.PAGE_SIZE), condition, limit);
    }

    private Inspection inspection(@Nullable String key, StoreReplies<List<StoredRecord>> found) {
        return new Inspection(
                key,
                found.flatten((store, records) -> records.stream().map(record -> RecordView.of(store, record))),
                verdicts(found),
                found.unavailable());
    }

    private List<RecordVerdict> verdicts(StoreReplies<List<StoredRecord>> found) {
        Map<RecordId, StoredRecord> redis = byId(found, stores.redisName());
        Map<RecordId, StoredRecord> postgres = byId(found, stores.postgresName());
        Set<RecordId> ids = new LinkedHashSet<>(redis.keySet());
        ids.addAll(postgres.keySet());
        if (ids.isEmpty()) {
            return List.of();
        }
        Authority authority = stores.authority();
        Optional<Boolean> redisDecides = authority.onFastRoutes().map(stores.redisName()::equals);
        RecordVerdict.Answered answered =
                new RecordVerdict.Answered(answered(found, stores.redisName()), answered(found, stores.postgresName()));
        return ids.stream()
                .map(id -> RecordVerdict.of(
                        new RecordPair(id, Optional.ofNullable(redis.get(id)), Optional.ofNullable(postgres.get(id))),
                        answered,
                        authority.usual(),
                        redisDecides))
                .toList();
    }

    private static boolean answered(StoreReplies<?> found, String store) {
        return found.replies().stream().anyMatch(reply -> reply.store().equals(store));
    }

    private static Map<RecordId, StoredRecord> byId(StoreReplies<List<StoredRecord>> found, String store) {
        Map<RecordId, StoredRecord> records = new LinkedHashMap<>();
        found.replies().stream()
                .filter(reply -> reply.store().equals(store))
                .flatMap(reply -> reply.value().stream())
                .forEach(record -> records.put(record.id(), record));
        return records;
    }
}
