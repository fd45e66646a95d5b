package dev.idem.core.operations;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records of one store, read page by page.
 *
 * @param more whether the limit left some out
 */
record RecordScan(List<StoredRecord> records, boolean more) {
    static final int PAGE_SIZE = 500;

    /** The first records that match, at most {@code limit}. */
    static RecordScan first(
            RecordAdministration store,
            RecordAdministration.Filter filter,
            Predicate<StoredRecord> condition,
            int limit) {
        // Keyed by id, since a store may return a record twice.
        Map<RecordId, StoredRecord> found = new LinkedHashMap<>();
        @Nullable String cursor = null;
        do {
            RecordAdministration.Page page = store.list(filter, cursor);
            page.records().stream().filter(condition).forEach(record -> found.put(record.id(), record));
            cursor = page.next();
        } while (cursor != null && found.size() <= limit);
        return new RecordScan(found.values().stream().limit(limit).toList(), found.size() > limit);
    }

    /** Reads the whole store for the most recently claimed records, the newest first. Keeps only those in memory. */
    static List<StoredRecord> newest(
            RecordAdministration store,
            RecordAdministration.Filter filter,
            Predicate<StoredRecord> condition,
            int limit) {
        SortedMap<Place, StoredRecord> newest = new TreeMap<>();
        @Nullable String cursor = null;
        do {
            RecordAdministration.Page page = store.list(filter, cursor);
            for (StoredRecord record : page.records()) {
                if (condition.test(record)) {
                    newest.put(new Place(record.claimedAt(), record.id().toString()), record);
                }
            }
            while (newest.size() > limit) {
                newest.remove(newest.lastKey());
            }
            cursor = page.next();
        } while (cursor != null);
        return List.copyOf(newest.values());
    }

    private record Place(Instant claimed, String id) implements Comparable<Place> {
        private static final Comparator<Place> NEWEST_FIRST =
                Comparator.comparing(Place::claimed).reversed().thenComparing(Place::id);

        @Override
        public int compareTo(Place other) {
            return NEWEST_FIRST.compare(this, other);
        }
    }
}
