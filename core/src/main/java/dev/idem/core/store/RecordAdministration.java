package dev.idem.core.store;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.SeenRecord;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The operator's actions on a store's records. Thread-safe; methods throw {@link StoreUnavailableException} when the
 * store is unavailable. Nothing here blocks a store for long: large sets are scanned in bounded steps. What cannot be read is
 * left out of lists and searches.
 */
public interface RecordAdministration {

    /** The store's name as in {@link IdempotencyStore#name()}. */
    String name();

    /** The same records, as one operation sees them that tells what it could not read. */
    RecordAdministration reporting(Consumer<UnreadableRecord> unreadable);

    /**
     * Asks each server that may have records. A question about many records need not reach all of them: it may end early, or
     * name only records of some.
     *
     * @throws StoreUnavailableException if one does not answer: then no answer about many records is whole
     */
    void requireWhole();

    /**
     * One record with its answer.
     *
     * @throws UnreadableRecordException if it cannot be read
     */
    Optional<StoredRecord> find(RecordId id);

    /** The existing records with these ids, in no particular order. */
    List<RecordHead> heads(List<RecordId> ids);

    /** The records of this key in every scope, at most {@code limit}; not whole if there are more. */
    Found findByKey(String key, int limit, Depth depth);

    /**
     * The most recently claimed records of a scope, the newest first.
     *
     * @param route only records of routes that match; empty for all
     */
    Found newest(Scope scope, Optional<Predicate<String>> route, int limit, Depth depth);

    /**
     * One page of the records that match, without their answers. The order is the store's own. A record that is present
     * during the whole scan appears at least once.
     *
     * @param cursor the last page's {@link Page#next()}, or null for the first page
     */
    Page list(Filter filter, @Nullable String cursor);

    /**
     * Removes a record whose owner is dead, unless it was taken over, completed or renewed meanwhile.
     *
     * @param seen the record as read; its owner and fencing number are compared
     * @param silence how long the owner must have been silent
     * @return whether it was removed
     */
    boolean clearIfStale(SeenRecord seen, Duration silence);

    /**
     * Records the answer of a request whose {@linkplain SeenRecord#outcomeUnknown() outcome was unknown}. Repeats get
     * this answer until the record expires. Does nothing if the record has changed since.
     *
     * <p>If two stores have the record, call it on both, in any order. Until the second store has it, a repeat gets the
     * answer, or a refusal because there is none yet. It never executes.
     *
     * @param seen the record as read; its owner is compared, and owners are unique
     * @return whether it was done
     */
    boolean resolve(SeenRecord seen, Answer answer);

    /**
     * Frees the key of a request whose outcome was unknown, because it took no effect. The next repeat executes.
     * Otherwise like {@link #resolve}: a store that has not released the record yet still refuses, and accepts the next
     * owner's answer.
     *
     * @return whether it was done
     */
    boolean release(SeenRecord seen);

    /**
     * Removes a record in any state, and keeps the tombstone: no copy of the deleted answer comes back.
     *
     * @param tombstone with the owners of all copies, in whichever store
     * @return whether there was one
     */
    boolean delete(Tombstone tombstone);

    /** The same, for a copy that only this store has. */
    default boolean delete(RecordId id) {
        return delete(Tombstone.of(id, find(id).stream().toList()));
    }

    /**
     * Counts all records, in time proportional to their number.
     *
     * @param limit how long counting may take. Records that are not counted by then are missing from the result
     * @param counted receives the number counted so far, from time to time
     * @throws StoreUnavailableException also if one step takes longer than the limit
     */
    RecordStatistics statistics(Duration limit, LongConsumer counted);

    /**
     * Estimates the same from a sample, in about a second whatever the store has. Counts all if there are few.
     *
     * @param limit as for {@link #statistics}
     */
    RecordStatistics estimate(Duration limit);

    /**
     * Selects records.
     *
     * @param silentFor only stale records whose owner has also been silent for longer than this
     * @param pageSize about how many records a page has (Redis may return fewer, or somewhat more), 1 to 10,000
     */
    record Filter(
            @Nullable RecordState state,
            @Nullable Scope scope,
            @Nullable Duration silentFor,
            int pageSize) {
        public boolean matches(SeenRecord candidate) {
            return (state == null || RecordState.of(candidate) == state)
                    && (scope == null || candidate.id().scope().equals(scope))
                    && (silentFor == null || (candidate.stale() && candidate.staleFor(silentFor)));
        }
    }

    /**
     * How much of a store a search may examine. A store that has an index for the search needs no limit.
     *
     * @param records the largest number of records to examine
     */
    record Depth(int records) {
        /** A part of a second. */
        public static final Depth QUICK = new Depth(50_000);

        /** Everything, in time proportional to what is stored. */
        public static final Depth WHOLE = new Depth(Integer.MAX_VALUE);
    }

    /**
     * What a search found.
     *
     * @param whole false if there is more than the search was to examine, so that records may be missing
     */
    record Found(List<RecordHead> heads, boolean whole) {

        /** The first of these heads; not all that there are, if there are more. */
        public static Found first(int limit, List<RecordHead> heads, boolean whole) {
            return new Found(heads.stream().limit(limit).toList(), whole && heads.size() <= limit);
        }
    }

    /** @param next the cursor of the next page, null when this was the last */
    record Page(List<RecordHead> records, @Nullable String next) {}
}
