package dev.idem.core.store;

import dev.idem.core.record.Answer;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may do with a store's records. Thread-safe; methods throw {@link StoreUnavailableException} when the
 * store is unavailable. Nothing here blocks a store for long: large sets are walked in bounded steps.
 */
public interface RecordAdministration {

    /** The store's name as in {@link IdempotencyStore#name()}. */
    String name();

    Optional<StoredRecord> find(RecordId id);

    /** The records of this key in every scope, at most {@code limit}. */
    List<StoredRecord> findByKey(String key, int limit);

    /**
     * One page of the records that match. The order is the store's own; a record present during the whole walk is seen
     * at least once.
     *
     * @param cursor the last page's {@link Page#next()}, or null for the first page
     */
    Page list(Filter filter, @Nullable String cursor);

    /**
     * Removes a record whose owner is dead, unless in the meantime it was taken over, completed or renewed.
     *
     * @param seen the record as it was read; its owner and fencing number are compared
     * @param silence how long the owner must have been silent
     * @return whether it was removed
     */
    boolean clearIfStale(StoredRecord seen, Duration silence);

    /**
     * Says what became of a request whose {@linkplain StoredRecord#outcomeUnknown() outcome was unknown}: repeats are
     * answered with this from now on, for as long as the record lives. Not done if the record has changed since.
     *
     * <p>Where two stores have the record, both are told, in any order: until the second one knows, a repeat is given the
     * answer or is told that there is none yet, and never executes.
     *
     * @param seen the record as it was read; its owner is compared, which is never another's
     * @return whether it was done
     */
    boolean resolve(StoredRecord seen, Answer answer);

    /**
     * Frees the key of a request whose outcome was unknown, because it took no effect: the next repeat executes. Otherwise
     * as {@link #resolve}; a store that has not been told yet goes on refusing, and gives way to the next one's answer.
     *
     * @return whether it was done
     */
    boolean release(StoredRecord seen);

    /**
     * Removes a record whatever its state.
     *
     * @return whether there was one
     */
    boolean delete(RecordId id);

    /**
     * Counts all records.
     *
     * @param limit for how long; what is not counted by then is missing from the result, or, where a store counts in one
     *     step, the store counts as unavailable
     * @param counted is told how many were counted so far, now and then
     */
    RecordStatistics statistics(Duration limit, LongConsumer counted);

    /**
     * Which records.
     *
     * @param pageSize about how many records a page has (Redis may return fewer, or somewhat more), 1 to 10,000
     */
    record Filter(
            StoredRecord.@Nullable State state,
            @Nullable Scope scope,
            @Nullable Duration silentFor,
            int pageSize) {
        public boolean matches(StoredRecord candidate) {
            return (state == null || candidate.state() == state)
                    && (scope == null || candidate.id().scope().equals(scope))
                    && (silentFor == null || candidate.staleFor(silentFor));
        }
    }

    /** @param next the cursor of the next page, null when this was the last */
    record Page(List<StoredRecord> records, @Nullable String next) {}
}
