package dev.idem.core.operations;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.Scope;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import dev.idem.core.store.unreadable.UnreadableRecords;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists the records of all stores, in each store's own order. Reads no answers. Thread-safe. */
public final class ListRecords {
    private final RecordStores stores;

    public ListRecords(RecordStores stores) {
        this.stores = stores;
    }

    /**
     * Selects records.
     *
     * @param scopeHash only records of the scope that has this {@linkplain Scope#logHash() hash} in the log
     * @param stale only records whose owner has been silent for longer than its lock timeout
     * @param limit how many records of each store, at least 1
     * @param scan whether all of Redis is read even where PostgreSQL's index would do
     */
    public record Query(
            @Nullable RecordState state,
            @Nullable Scope scope,
            @Nullable String scopeHash,
            boolean stale,
            int limit,
            boolean scan) {
        private static final Pattern HASH = Pattern.compile("[0-9a-f]{12}");

        /** @throws IllegalArgumentException with a complete sentence, if no record can match */
        public Query {
            if (stale && state != null && state != RecordState.PROCESSING) {
                throw new IllegalArgumentException(
                        "A " + state.label() + " record is never stale: drop one of the two.");
            }
            if (scope != null && scopeHash != null) {
                throw new IllegalArgumentException("A scope and a scope's hash name the same: drop one of the two.");
            }
            if (scopeHash != null && !HASH.matcher(scopeHash).matches()) {
                throw new IllegalArgumentException("A scope's hash has 12 hexadecimal digits, as in the log.");
            }
        }

        private Query of(Scope known) {
            return new Query(state, known, null, stale, limit, scan);
        }

        private Filter filter() {
            return new Filter(
                    stale ? RecordState.PROCESSING : state, scope, stale ? Duration.ZERO : null, PageBounds.RECORDS);
        }
    }

    /**
     * How a list ended.
     *
     * @param more whether the limit left some out
     * @param unavailable the stores whose records are missing, or of which some are
     * @param unreadable what was left out because it is no record
     */
    public record End(boolean more, List<UnavailableStore> unavailable, UnreadableRecords.Summary unreadable) {}

    /** The scope that a line of the log means. Reads the names of all records until it is found, first in PostgreSQL. */
    private StoreReplies<Optional<Scope>> scope(String logHash) {
        StoreReplies<Optional<Scope>> known = stores.attempt(stores.postgres(), store -> scope(store, logHash));
        return known.anyMatch(Optional::isPresent)
                ? known
                : known.and(stores.attempt(stores.redis(), store -> scope(store, logHash)));
    }

    private static Optional<Scope> scope(RecordAdministration store, String logHash) {
        @Nullable String cursor = null;
        do {
            Page page = store.list(new Filter(null, null, null, PageBounds.RECORDS), cursor);
            Optional<Scope> found = page.records().stream()
                    .map(head -> head.id().scope())
                    .distinct()
                    .filter(scope -> scope.logHash().equals(logHash))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            cursor = page.next();
        } while (cursor != null);
        return Optional.empty();
    }

    /** Passes on the records as they are read, so that memory does not grow with their number. */
    public End list(Query query, Consumer<RecordView> consumer) {
        UnreadableRecords unreadable = new UnreadableRecords();
        StoreReplies<Boolean> more = new ListRecords(stores.reporting(unreadable)).pass(query, consumer);
        return new End(more.anyMatch(cut -> cut), more.unavailable(), unreadable.summary());
    }

    private StoreReplies<Boolean> pass(Query query, Consumer<RecordView> consumer) {
        String hash = query.scopeHash();
        if (hash != null) {
            StoreReplies<Optional<Scope>> known = scope(hash);
            return known.flatten((store, scope) -> scope.stream()).stream()
                    .findFirst()
                    .map(scope -> pass(query.of(scope), consumer))
                    .orElseGet(() -> new StoreReplies<>(List.of(), known.unavailable()));
        }
        Filter filter = query.filter();
        BiConsumer<String, RecordHead> each = (store, head) -> consumer.accept(RecordView.of(store, head));
        return IndexedRecords.take(filter) && !query.scan()
                ? new IndexedRecords(stores).find(filter, query.limit(), true, each)
                : scan(filter, query.limit(), each);
    }

    private StoreReplies<Boolean> scan(Filter filter, int limit, BiConsumer<String, RecordHead> each) {
        return stores.ask(store -> new RecordScan(limit, head -> each.accept(store.name(), head))
                .over(store, filter)
                .more());
    }
}
