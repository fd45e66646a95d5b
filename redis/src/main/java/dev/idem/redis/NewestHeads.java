package dev.idem.redis;

import dev.idem.core.record.RecordHead;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The most recently claimed of many records. Keeps no more in memory. For one thread. */
final class NewestHeads {
    private final SortedMap<Place, RecordHead> newest = new TreeMap<>();
    private final int limit;

    NewestHeads(int limit) {
        this.limit = limit;
    }

    /** A record may come twice. */
    void add(RecordHead head) {
        newest.put(new Place(head.claimedAt(), head.id().key()), head);
        if (newest.size() > limit) {
            newest.remove(newest.lastKey());
        }
    }

    /** The newest first. */
    List<RecordHead> list() {
        return List.copyOf(newest.values());
    }

    private record Place(Instant claimed, String key) implements Comparable<Place> {
        private static final Comparator<Place> NEWEST_FIRST =
                Comparator.comparing(Place::claimed).reversed().thenComparing(Place::key);

        @Override
        public int compareTo(Place other) {
            return NEWEST_FIRST.compare(this, other);
        }
    }
}
