package dev.idem.service.admin.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.idem.core.store.StoreStatistics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one store has.
 *
 * @param countedAt by this node's clock; this and all numbers are left out if there are none
 * @param layers records by what their requests are recognised by: {@code key} or {@code fingerprint}
 * @param ages since the claim
 * @param expired not yet deleted
 * @param bytes of memory in Redis, of disk with the indexes in PostgreSQL
 * @param problem why there are no numbers; left out if there are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordCounts(
        String store,
        @Nullable Instant countedAt,
        @Nullable Long processing,
        @Nullable Long stale,
        @Nullable Long completed,
        @Nullable Long outcomeUnknown,
        @Nullable Map<String, Long> layers,
        @Nullable List<AgeGroup> ages,
        @Nullable Long expired,
        @Nullable Long bytes,
        @Nullable String problem) {

    /** @param youngerThan ISO 8601's, and not in an earlier group; left out for the last group, which has the rest */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AgeGroup(@Nullable String youngerThan, long records) {}

    static RecordCounts of(String store, Instant at, StoreStatistics counted) {
        int limits = StoreStatistics.AGE_LIMITS.size();
        return new RecordCounts(
                store,
                at,
                counted.processing(),
                counted.stale(),
                counted.completed(),
                counted.outcomeUnknown(),
                Map.of("key", counted.keyed(), "fingerprint", counted.fingerprinted()),
                IntStream.rangeClosed(0, limits)
                        .mapToObj(i -> new AgeGroup(
                                i == limits
                                        ? null
                                        : StoreStatistics.AGE_LIMITS.get(i).toString(),
                                counted.ages().get(i)))
                        .toList(),
                counted.expired(),
                counted.bytes(),
                null);
    }

    static RecordCounts without(String store, String problem) {
        return new RecordCounts(store, null, null, null, null, null, null, null, null, null, problem);
    }
}
