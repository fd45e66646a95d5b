package dev.idem.core.operations;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.idem.core.operations.text.RoutePattern;
import dev.idem.core.reconcile.RecordPair;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Depth;
import dev.idem.core.store.RecordAdministration.Found;
import dev.idem.core.store.unreadable.UnreadableRecords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows records in all stores side by side, and what the next repeat gets. Searches read heads; of the records that are
 * shown, one at a time is read with its answer. Thread-safe.
 */
public final class InspectRecords {
    /** In how many scopes a key is shown. */
    public static final int MOST_SCOPES = 100;

    private static final Found NONE_LOOKED_FOR = new Found(List.of(), true);

    private final RecordStores stores;

    public InspectRecords(RecordStores stores) {
        this.stores = stores;
    }

    /**
     * The result.
     *
     * @param key the requested key; null if none was given
     * @param verdicts one for each record, whichever stores have it
     * @param unreadable what was left out because it is no record
     * @param cut whether the search has left something out, because there is too much for it
     */
    @JsonPropertyOrder({"key", "records", "verdicts", "partial", "unavailable", "unreadable"})
    public record Inspection(
            @Nullable String key,
            List<RecordView> records,
            List<RecordVerdict> verdicts,
            @JsonIgnore boolean cut,
            List<UnavailableStore> unavailable,
            UnreadableRecords.Summary unreadable) {

        /** Whether records may be missing: the search has left something out, or a store is unavailable, or has what cannot be read. */
        @JsonProperty
        public boolean partial() {
            return cut || !unavailable.isEmpty() || !unreadable.none();
        }
    }

    /** One record. */
    public Inspection record(RecordId id) {
        return reporting(mine -> mine.inspection(id.key(), Set.of(id), false, List.of()));
    }

    /**
     * The records of one key in every scope, up to {@value #MOST_SCOPES}. PostgreSQL finds them by an index. If it is unavailable or knows none, the
     * names of all records in Redis are searched. With {@link Depth#WHOLE} they always are.
     *
     * @param depth how many names may be searched
     */
    public Inspection key(String key, Depth depth) {
        return reporting(
                mine -> mine.inspection(key, mine.search(depth, store -> store.findByKey(key, MOST_SCOPES, depth))));
    }

    /**
     * The records of one scope, the newest first. Redis is searched if PostgreSQL is unavailable or knows
     * none, or if the depth is {@link Depth#WHOLE}.
     *
     * @param path only requests to this path or to one of its parents; a query is ignored
     * @param limit how many records, at least 1
     * @param depth how many records of the scope in PostgreSQL, or names in Redis, may be examined
     */
    public Inspection caller(Scope scope, Optional<String> path, int limit, Depth depth) {
        Optional<String> asked = path.map(text -> text.split("\\?", 2)[0]);
        return reporting(mine ->
                mine.inspection(null, mine.search(depth, store -> ofCaller(store, scope, asked, limit, depth))));
    }

    private Inspection reporting(Function<InspectRecords, Inspection> inspection) {
        UnreadableRecords unreadable = new UnreadableRecords();
        Inspection found = inspection.apply(new InspectRecords(stores.reporting(unreadable)));
        return new Inspection(
                found.key(), found.records(), found.verdicts(), found.cut(), found.unavailable(), unreadable.summary());
    }

    /**
     * Searches PostgreSQL, which has indexes. Searches Redis, which has none, if PostgreSQL is unavailable or finds
     * nothing, or if everything is to be searched. In any case Redis must be whole: it may have others.
     */
    private StoreReplies<Found> search(Depth depth, Function<RecordAdministration, Found> search) {
        StoreReplies<Found> found = stores.attempt(stores.postgres(), search);
        boolean enough = !depth.equals(Depth.WHOLE)
                && found.anyMatch(result -> !result.heads().isEmpty());
        return stores.attempt(stores.redis(), enough ? redis -> NONE_LOOKED_FOR : search)
                .and(found);
    }

    /**
     * The records of one key in one store. PostgreSQL's index says in which scopes Redis may have it. Redis is searched
     * if it lacks one of them, if PostgreSQL is unavailable or knows none, or if the depth is {@link Depth#WHOLE}.
     *
     * @param limit how many records, at least 1. The result is not whole if there are more
     * @param depth how many names may be searched in Redis
     * @throws dev.idem.core.store.StoreUnavailableException if this store is unavailable
     */
    public Found inStore(RecordAdministration store, String key, int limit, Depth depth) {
        int most = Math.max(limit, MOST_SCOPES) + 1;
        List<RecordHead> indexed = List.of();
        if (store.name().equals(stores.redis().name()) && !depth.equals(Depth.WHOLE)) {
            List<RecordId> known = stores.attempt(stores.postgres(), other -> other.findByKey(key, most, depth))
                    .flatten((other, found) -> found.heads().stream().map(RecordHead::id));
            indexed = known.isEmpty() ? indexed : stores.require(store, redis -> redis.heads(known));
            if (!known.isEmpty() && indexed.size() == known.size()) {
                return Found.first(limit, indexed, true);
            }
        }
        Found searched = stores.require(store, asked -> asked.findByKey(key, most, depth));
        // Redis may have too many names for a search, which finds nothing then.
        return Found.first(limit, searched.whole() ? searched.heads() : indexed, searched.whole());
    }

    private static Found ofCaller(
            RecordAdministration store, Scope scope, Optional<String> path, int limit, Depth depth) {
        if (path.isEmpty()) {
            return store.newest(scope, Optional.empty(), limit, depth);
        }
        Predicate<String> sentThere = route -> RoutePattern.of(route).takes(path.get());
        // On some routes a key has another meaning on each path; such keys have a scope per path.
        Found ofScope = store.newest(scope, Optional.of(sentThere), limit, depth);
        Found ofPath = store.newest(scope.at(path.get()), Optional.empty(), limit, depth);
        return new Found(
                Stream.concat(ofScope.heads().stream(), ofPath.heads().stream())
                        .sorted(Comparator.comparing(RecordHead::claimedAt).reversed())
                        .limit(limit)
                        .toList(),
                ofScope.whole() && ofPath.whole());
    }

    private Inspection inspection(@Nullable String key, StoreReplies<Found> found) {
        Set<RecordId> ids = new LinkedHashSet<>(
                found.flatten((store, result) -> result.heads().stream().map(RecordHead::id)));
        return inspection(key, ids, found.anyMatch(result -> !result.whole()), found.unavailable());
    }

    private Inspection inspection(@Nullable String key, Set<RecordId> ids, boolean cut, List<UnavailableStore> known) {
        @Nullable Authority authority = null;
        List<RecordView> inRedis = new ArrayList<>();
        List<RecordView> inPostgres = new ArrayList<>();
        List<RecordVerdict> verdicts = new ArrayList<>();
        List<UnavailableStore> unavailable = known;
        for (RecordId id : ids) {
            StoreReplies<Optional<StoredRecord>> replies = stores.askOfRecord(unavailable, store -> store.find(id));
            unavailable = replies.unavailable().stream()
                    .filter(store -> !store.ofOneRecord())
                    .toList();
            RecordPair pair = new RecordPair(id, in(replies, stores.redis()), in(replies, stores.postgres()));
            pair.redis()
                    .map(there -> RecordView.of(stores.redis().name(), there))
                    .ifPresent(inRedis::add);
            pair.postgres()
                    .map(there -> RecordView.of(stores.postgres().name(), there))
                    .ifPresent(inPostgres::add);
            if (pair.redis().isPresent() || pair.postgres().isPresent()) {
                authority = authority == null ? stores.authority() : authority;
                verdicts.add(verdict(pair, replies, authority));
            }
        }
        return new Inspection(
                key,
                Stream.concat(inRedis.stream(), inPostgres.stream()).toList(),
                verdicts,
                cut,
                unavailable,
                UnreadableRecords.Summary.NONE);
    }

    private RecordVerdict verdict(RecordPair pair, StoreReplies<?> replies, Authority authority) {
        return RecordVerdict.of(
                pair,
                new RecordVerdict.Answered(
                        answered(replies, stores.redis()),
                        answered(replies, stores.postgres()),
                        replies.unavailable().stream()
                                .filter(UnavailableStore::ofOneRecord)
                                .map(UnavailableStore::store)
                                .toList()),
                authority.usual(),
                authority.onFastRoutes().map(stores.redis().name()::equals));
    }

    private static boolean answered(StoreReplies<?> replies, RecordAdministration store) {
        return replies.replies().stream().anyMatch(reply -> reply.store().equals(store.name()));
    }

    private static Optional<StoredRecord> in(StoreReplies<Optional<StoredRecord>> replies, RecordAdministration store) {
        return replies.replies().stream()
                .filter(reply -> reply.store().equals(store.name()))
                .findFirst()
                .flatMap(StoreReplies.Reply::value);
    }
}
