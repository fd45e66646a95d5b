package dev.idem.core.operations.upkeep;

import dev.idem.core.operations.ActionLog;
import dev.idem.core.reconcile.Difference;
import dev.idem.core.reconcile.ReconcileListener;
import dev.idem.core.reconcile.ReconcileSummary;
import dev.idem.core.reconcile.Reconciliation;
import dev.idem.core.reconcile.RecordPair;
import dev.idem.core.reconcile.ScanPlace;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.store.unreadable.UnreadableRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Compares both stores, and repairs on demand. One run at a time. */
public final class ReconcileStores {
    private static final int MOST_SHOWN = 1_000;

    private final Reconciliation reconciliation;
    private final ActionLog log;

    public ReconcileStores(Reconciliation reconciliation, ActionLog log) {
        this.reconciliation = reconciliation;
        this.log = log;
    }

    /**
     * The result.
     *
     * @param compared how many records were read; a record in both stores counts twice
     * @param settled how many differences were gone at the second comparison
     * @param found how many differences of each kind
     * @param repaired how many of them were repaired
     * @param left how many differences remain
     * @param differences the first thousand
     * @param unreadable what was not compared because it is no record
     */
    public record Report(
            boolean repair,
            long compared,
            long settled,
            Map<String, Long> found,
            Map<String, Long> repaired,
            long left,
            List<Item> differences,
            UnreadableRecords.Summary unreadable) {
        /** The result if nothing was compared. */
        public static Report nothing(boolean repair) {
            return new Report(repair, 0, 0, Map.of(), Map.of(), 0, List.of(), UnreadableRecords.Summary.NONE);
        }
    }

    /** One record on which the stores differ; {@code redis} and {@code postgresql} describe what each has. */
    public record Item(
            String difference, String scope, String key, String redis, String postgresql, boolean repaired) {}

    /**
     * Compares both stores from a place on.
     *
     * @param reached receives the places where another run may begin if this one ends early
     * @throws dev.idem.core.store.StoreUnavailableException if a store is unavailable
     */
    public Report run(boolean repair, ScanPlace from, ProgressListener progress, Consumer<ScanPlace> reached) {
        List<Item> items = new ArrayList<>();
        ReconcileListener listener = listener(items, progress, reached);
        ReconcileSummary summary =
                repair ? reconciliation.repair(from, listener) : reconciliation.compare(from, listener);
        if (repair) {
            log.did("reconcile", List.of(), "repaired=" + words(summary.repaired()));
        }
        return new Report(
                repair,
                summary.compared(),
                summary.settled(),
                words(summary.found()),
                words(summary.repaired()),
                summary.left(),
                List.copyOf(items),
                summary.unreadable());
    }

    private static ReconcileListener listener(
            List<Item> items, ProgressListener progress, Consumer<ScanPlace> reached) {
        return new ReconcileListener() {
            @Override
            public void begins(long about) {
                progress.outOf(about);
            }

            @Override
            public void compared(long records) {
                progress.at(records);
            }

            @Override
            public void reached(ScanPlace place) {
                reached.accept(place);
            }

            @Override
            public void found(RecordPair pair, Difference difference, boolean repaired) {
                if (items.size() < MOST_SHOWN) {
                    items.add(item(pair, difference, repaired));
                }
            }
        };
    }

    private static Item item(RecordPair pair, Difference difference, boolean repaired) {
        return new Item(
                word(difference),
                pair.id().scope().value(),
                pair.id().key(),
                describe(pair.redis()),
                describe(pair.postgres()),
                repaired);
    }

    private static String describe(Optional<StoredRecord> record) {
        return record.map(there -> RecordState.of(there).label() + ", fencing " + there.fencing())
                .orElse("nothing");
    }

    private static Map<String, Long> words(Map<Difference, Long> counts) {
        Map<String, Long> words = new TreeMap<>();
        counts.forEach((difference, count) -> words.put(word(difference), count));
        return words;
    }

    private static String word(Difference difference) {
        return difference.name().toLowerCase(Locale.ROOT);
    }
}
