package dev.idem.service.admin.record;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of one store whose owners have been silent for their own lock time-out, and for as long as is asked.
 *
 * @param more whether there are more than these
 */
record StaleRecords(List<StoredRecord> records, boolean more) {
    private static final int PAGE_SIZE = 500;

    /** Walks through a store for at most {@code limit} of them. */
    static StaleRecords in(RecordAdministration store, Duration silence, int limit) {
        Filter filter = new Filter(StoredRecord.State.PROCESSING, null, silence, PAGE_SIZE);
        // By name, since a store may show a record twice.
        Map<RecordId, StoredRecord> found = new LinkedHashMap<>();
        @Nullable String cursor = null;
        do {
            Page page = store.list(filter, cursor);
            page.records().stream().filter(StoredRecord::stale).forEach(record -> found.put(record.id(), record));
            cursor = page.next();
        } while (cursor != null && found.size() <= limit);
        return new StaleRecords(found.values().stream().limit(limit).toList(), found.size() > limit);
    }

    /** The one record, if it is stale. */
    static StaleRecords in(RecordAdministration store, Duration silence, RecordId id) {
        return new StaleRecords(
                store.find(id).stream()
                        .filter(record -> record.stale() && record.staleFor(silence))
                        .toList(),
                false);
    }
}
