package dev.idem.service.admin.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.idem.core.store.RecordStatistics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one store has.
 *
 * @param countedAt by this node's clock; this and all numbers are left out if there are none
 * @param layers records by what their requests are recognised by: {@code key} or {@code fingerprint}
 * @param ages since the claim
 * @param expired not yet deleted
 * @param bytes of memory in Redis, of disk with the indexes in PostgreSQL
 * @param problem why there are no numbers, or not all; else left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordCounts(
        String store,
        @Nullable Instant countedAt,
        @Nullable Long processing,
        @Nullable Long stale,
        @Nullable Long completed,
        @Nullable Map<String, Long> layers,
        @Nullable List<AgeGroup> ages,
        @Nullable Long expired,
        @Nullable Long bytes,
        @Nullable String problem) {

    /** @param youngerThan ISO 8601's, and not in an earlier group; left out for the last group, which has the rest */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AgeGroup(@Nullable String youngerThan, long records) {}

    static RecordCounts of(String store, Instant at, RecordStatistics counted) {
        RecordStatistics.Ages ages = counted.ages();
        return new RecordCounts(
                store,
                at,
                counted.processing(),
                counted.stale(),
                counted.completed(),
                Map.of("key", counted.withKey(), "fingerprint", counted.withoutKey()),
                List.of(
                        new AgeGroup("PT1M", ages.underMinute()),
                        new AgeGroup("PT1H", ages.underHour()),
                        new AgeGroup("P1D", ages.underDay()),
                        new AgeGroup(null, ages.older())),
                counted.expired(),
                counted.bytes(),
                counted.whole() ? null : "there was not the time to count all: these are some of them");
    }

    static RecordCounts without(String store, String problem) {
        return new RecordCounts(store, null, null, null, null, null, null, null, null, problem);
    }
}
