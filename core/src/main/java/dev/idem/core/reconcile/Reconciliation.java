package dev.idem.core.reconcile;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.DurableCopy;
import dev.idem.core.store.DurableStore;
import dev.idem.core.store.FastCopy;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.authority.TrustRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Scans both stores in bounded pages and compares them, record by record. Records that differ are compared again after
 * a while, because the journal writes Redis's decisions to PostgreSQL a little later. Only records that still differ
 * count. One run at a time; methods throw {@link dev.idem.core.store.StoreUnavailableException} when a store is
 * unavailable.
 */
public final class Reconciliation {
    private static final int MOST_SUSPECTS = 2_000;

    private final FastCopy fast;
    private final DurableCopy durable;
    private final Repair repair;
    private final Duration patience;

    /**
     * Compares these two stores.
     *
     * @param patience how long a difference must last to count; the journal lag, about a second
     */
    public Reconciliation(FastStore fast, DurableStore durable, Duration patience) {
        TrustRow trust = durable.trustRow("reconciliation");
        this.fast = fast.copy();
        this.durable = durable.copy();
        this.repair =
                new Repair(fast, durable.journalWriter(), () -> trust.read().trusted());
        this.patience = patience;
    }

    /** Compares without repair. */
    public ReconcileSummary compare(ReconcileListener listener) {
        return walk(new ReconcileTally(listener), pairs -> pairs);
    }

    /**
     * Copies to each store what only the other has. Differences that the rules do not decide stay, for an operator to
     * resolve.
     */
    public ReconcileSummary repair(ReconcileListener listener) {
        return walk(new ReconcileTally(listener), pairs -> {
            repair.attempt(pairs);
            return readAgain(pairs);
        });
    }

    private ReconcileSummary walk(ReconcileTally findings, Function<List<RecordPair>, List<RecordPair>> treatment) {
        Set<RecordId> suspects = new LinkedHashSet<>();
        findings.begin(fast.about() + durable.about());
        fast.forEach(page -> compare(pairs(page, durable.find(ids(page))), suspects, findings, treatment));
        durable.forEach(page -> compare(pairs(fast.find(ids(page)), page), suspects, findings, treatment));
        settle(suspects, findings, treatment);
        return findings.summary();
    }

    private void compare(
            List<RecordPair> pairs,
            Set<RecordId> suspects,
            ReconcileTally findings,
            Function<List<RecordPair>, List<RecordPair>> treatment) {
        findings.compared(pairs.size());
        pairs.stream()
                .filter(pair -> pair.difference().isPresent() && findings.isNew(pair.id()))
                .map(RecordPair::id)
                .forEach(suspects::add);
        if (suspects.size() >= MOST_SUSPECTS) {
            settle(suspects, findings, treatment);
            suspects.clear();
        }
    }

    private void settle(
            Set<RecordId> suspects, ReconcileTally findings, Function<List<RecordPair>, List<RecordPair>> treatment) {
        if (suspects.isEmpty()) {
            return;
        }
        waitAWhile();
        List<RecordPair> differing = read(List.copyOf(suspects)).stream()
                .filter(pair -> pair.difference().isPresent())
                .toList();
        findings.settled(suspects.size() - differing.size());
        if (!differing.isEmpty()) {
            findings.found(differing, treatment.apply(differing));
        }
    }

    private void waitAWhile() {
        try {
            Thread.sleep(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for pending writes", e);
        }
    }

    private List<RecordPair> readAgain(List<RecordPair> pairs) {
        return read(pairs.stream().map(RecordPair::id).toList());
    }

    private List<RecordPair> read(List<RecordId> ids) {
        Map<RecordId, StoredRecord> inRedis = byId(fast.find(ids));
        Map<RecordId, StoredRecord> inPostgres = byId(durable.find(ids));
        return pairs(ids, inRedis, inPostgres);
    }

    private static List<RecordPair> pairs(List<StoredRecord> inRedis, List<StoredRecord> inPostgres) {
        Set<RecordId> all = new LinkedHashSet<>(ids(inRedis));
        all.addAll(ids(inPostgres));
        return pairs(new ArrayList<>(all), byId(inRedis), byId(inPostgres));
    }

    private static List<RecordPair> pairs(
            List<RecordId> ids, Map<RecordId, StoredRecord> inRedis, Map<RecordId, StoredRecord> inPostgres) {
        return ids.stream()
                .map(id -> RecordPair.of(id, inRedis.get(id), inPostgres.get(id)))
                .toList();
    }

    private static List<RecordId> ids(List<StoredRecord> records) {
        return records.stream().map(StoredRecord::id).distinct().toList();
    }

    private static Map<RecordId, StoredRecord> byId(List<StoredRecord> records) {
        return records.stream().collect(Collectors.toMap(StoredRecord::id, Function.identity(), (one, same) -> same));
    }
}
