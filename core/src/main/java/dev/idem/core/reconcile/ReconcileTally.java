package dev.idem.core.reconcile;

import dev.idem.core.record.RecordId;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts what one run finds. A remaining difference from the first store's scan is not reported again in the second's.
 */
final class ReconcileTally {
    private static final int MOST_REMEMBERED = 1_000_000;

    private final ReconcileListener listener;
    private final Map<Difference, Long> found = new EnumMap<>(Difference.class);
    private final Map<Difference, Long> repaired = new EnumMap<>(Difference.class);
    private final Set<RecordId> told = new HashSet<>();
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

    boolean isNew(RecordId id) {
        return !told.contains(id);
    }

    void settled(int records) {
        settled += records;
    }

    /** @param after the same pairs in the same order, as they are now */
    void found(List<RecordPair> before, List<RecordPair> after) {
        for (int i = 0; i < before.size(); i++) {
            RecordPair pair = before.get(i);
            Difference difference = pair.difference().orElseThrow();
            boolean gone = after.get(i).difference().isEmpty();
            found.merge(difference, 1L, Long::sum);
            if (gone) {
                repaired.merge(difference, 1L, Long::sum);
            } else if (told.size() < MOST_REMEMBERED) {
                told.add(pair.id());
            }
            listener.found(pair, difference, gone);
        }
    }

    ReconcileSummary summary() {
        return new ReconcileSummary(compared, found, repaired, settled);
    }
}
