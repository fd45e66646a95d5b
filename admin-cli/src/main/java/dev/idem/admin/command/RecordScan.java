package dev.idem.admin.command;

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

/**
 * The records of one store, page after page until there are enough.
 *
 * @param more whether the walk was ended by the limit
 */
record RecordScan(List<StoredRecord> records, boolean more) {
    static final int PAGE_SIZE = 500;

    /** Walks through a store for at most {@code limit} records. */
    static RecordScan through(
            RecordAdministration store,
            RecordAdministration.Filter filter,
            Predicate<StoredRecord> condition,
            long limit) {
        // By name, since a store may show a record twice.
        Map<RecordId, StoredRecord> found = new LinkedHashMap<>();
        String cursor = null;
        do {
            RecordAdministration.Page page = store.list(filter, cursor);
            page.records().stream().filter(condition).forEach(record -> found.put(record.id(), record));
            cursor = page.next();
        } while (cursor != null && found.size() <= limit);
        return new RecordScan(found.values().stream().limit(limit).toList(), found.size() > limit);
    }

    /** Walks through a whole store for the records that were claimed last, the newest first, and keeps no more of them in memory. */
    static List<StoredRecord> newest(
            RecordAdministration store,
            RecordAdministration.Filter filter,
            Predicate<StoredRecord> condition,
            int limit) {
        SortedMap<Place, StoredRecord> newest = new TreeMap<>();
        String cursor = null;
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
