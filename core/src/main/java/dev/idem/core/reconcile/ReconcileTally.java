package dev.idem.core.reconcile;

import dev.idem.core.record.RecordId;
import dev.idem.core.store.unreadable.UnreadableRecords;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what one run finds. */
final class ReconcileTally {
    private final ReconcileListener listener;
    private final Map<Difference, Long> found = new EnumMap<>(Difference.class);
    private final Map<Difference, Long> repaired = new EnumMap<>(Difference.class);
    private long compared;
    private long settled;

    ReconcileTally(ReconcileListener listener) {
        this.listener = listener;
    }

    void begin(long about) {
        listener.begins(about);
    }

    void compared(int records) {
        compared += records;
        listener.compared(compared);
    }

    void reached(ScanPlace place) {
        listener.reached(place);
    }

    void settled(int records) {
        settled += records;
    }

    /** @param left those that still differ after a repair */
    void found(List<RecordPair> differing, Set<RecordId> left) {
        for (RecordPair pair : differing) {
            Difference difference = pair.difference().orElseThrow();
            boolean gone = !left.contains(pair.id());
            found.merge(difference, 1L, Long::sum);
            if (gone) {
                repaired.merge(difference, 1L, Long::sum);
            }
            listener.found(pair, difference, gone);
        }
    }

    ReconcileSummary summary(UnreadableRecords.Summary unreadable) {
        return new ReconcileSummary(compared, found, repaired, settled, unreadable);
    }
}
