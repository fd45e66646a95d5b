package dev.idem.core.reconcile;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.store.DurableCopy;
import dev.idem.core.store.DurableStore;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecords;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Scans both stores in bounded pages and compares them, record by record: first all records of the fast store, with
 * their answers; then those of the durable store that the fast store lacks. Records that differ are compared again
 * after a while, because the journal writes Redis's decisions to PostgreSQL a little later. Only records that still
 * differ count. What cannot be read is not compared. One run; methods throw {@link dev.idem.core.store.StoreUnavailableException} when a store is
 * unavailable.
 */
public final class Reconciliation {
    private static final int MOST_SUSPECTS = 2_000;
    private static final Filter ALL = new Filter(null, null, null, PageBounds.RECORDS);

    private final FastStore fast;
    private final DurableStore durable;
    private final RecordPairs pairs;
    private final RecordAdministration inFast;
    private final RecordAdministration inDurable;
    private final UnreadableRecords unreadable = new UnreadableRecords();
    private final Repair repair;
    private final Duration patience;
    private final Pace pace;

    /**
     * Compares these two stores.
     *
     * @param patience how long a difference must last to count; the journal lag, about a second
     */
    public Reconciliation(FastStore fast, DurableStore durable, Duration patience, Pace pace) {
        TrustRow trust = durable.trustRow("reconciliation");
        this.fast = fast;
        this.durable = durable;
        this.pairs = new RecordPairs(fast.copy(), durable.copy(), unreadable);
        this.inFast = fast.records().reporting(unreadable);
        this.inDurable = durable.records().reporting(unreadable);
        this.repair =
                new Repair(fast, durable.journalWriter(), () -> trust.read().trusted());
        this.patience = patience;
        this.pace = pace;
    }

    /** Compares without repair. */
    public ReconcileSummary compare(ScanPlace from, ReconcileListener listener) {
        return new Run(new ReconcileTally(listener), Reconciliation::ids).from(from);
    }

    /**
     * Copies to each store what only the other has. Before that, it removes from the fast store what operators have
     * deleted. Differences that the rules do not decide stay, for an operator to resolve.
     */
    public ReconcileSummary repair(ScanPlace from, ReconcileListener listener) {
        durable.copy().forEachTombstone(DurableCopy.EVER, fast.copy()::bury);
        return new Run(new ReconcileTally(listener), differing -> {
                    repair.attempt(differing);
                    return stillDiffering(ids(differing));
                })
                .from(from);
    }

    private Set<RecordId> stillDiffering(Set<RecordId> ids) {
        Set<RecordId> left = new HashSet<>();
        pairs.forEach(List.copyOf(ids), page -> left.addAll(ids(differing(page))));
        return left;
    }

    private static List<RecordPair> differing(List<RecordPair> page) {
        return page.stream().filter(pair -> pair.difference().isPresent()).toList();
    }

    private static Set<RecordId> ids(List<RecordPair> pairs) {
        return pairs.stream().map(RecordPair::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** One scan of both stores. */
    private final class Run {
        private final ReconcileTally findings;
        private final Function<List<RecordPair>, Set<RecordId>> treatment;
        private final Set<RecordId> suspects = new LinkedHashSet<>();

        /** @param treatment may repair differences, and returns those that are left */
        Run(ReconcileTally findings, Function<List<RecordPair>, Set<RecordId>> treatment) {
            this.findings = findings;
            this.treatment = treatment;
        }

        ReconcileSummary from(ScanPlace begin) {
            findings.begin(fast.copy().about() + durable.copy().about());
            ScanPlace place = begin;
            if (!place.inDurable()) {
                scan(inFast, place, this::compareWhole);
                place = new ScanPlace(true, null);
            }
            scan(inDurable, place, this::missingInFast);
            return findings.summary(unreadable.summary());
        }

        /** A place is reported only when all differences before it have been, so that a later run may begin there. */
        private void scan(RecordAdministration store, ScanPlace begin, Consumer<List<RecordHead>> comparison) {
            ScanPlace place = begin;
            do {
                Page page = store.list(ALL, place.cursor());
                comparison.accept(page.records());
                place = new ScanPlace(place.inDurable(), page.next());
                if (page.next() == null || suspects.size() >= MOST_SUSPECTS) {
                    settle();
                }
                if (suspects.isEmpty() && page.next() != null) {
                    findings.reached(place);
                }
                if (!page.records().isEmpty()) {
                    findings.compared(page.records().size());
                }
                pace.did(page.records().size());
            } while (place.cursor() != null);
        }

        private void compareWhole(List<RecordHead> heads) {
            List<RecordId> ids = heads.stream().map(RecordHead::id).distinct().toList();
            pairs.forEach(ids, page -> suspects.addAll(Reconciliation.ids(differing(page))));
        }

        /** What both stores have was compared by the first scan. */
        private void missingInFast(List<RecordHead> heads) {
            Set<RecordId> missing = heads.stream()
                    .filter(RecordPair::isNeededInRedis)
                    .map(RecordHead::id)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            Set<String> leftOut = new HashSet<>();
            inFast.reporting(unreadable.andThen(record -> leftOut.add(record.hash())))
                    .heads(List.copyOf(missing))
                    .forEach(head -> missing.remove(head.id()));
            missing.removeIf(id -> leftOut.contains(UnreadableRecord.hash(id)));
            suspects.addAll(missing);
        }

        private void settle() {
            if (suspects.isEmpty()) {
                return;
            }
            Pace.waitFor(patience);
            int[] differing = {0};
            pairs.forEach(List.copyOf(suspects), page -> differing[0] += treat(page));
            findings.settled(suspects.size() - differing[0]);
            suspects.clear();
        }

        private int treat(List<RecordPair> page) {
            List<RecordPair> differing = differing(page);
            if (!differing.isEmpty()) {
                findings.found(differing, treatment.apply(differing));
            }
            return differing.size();
        }
    }
}
