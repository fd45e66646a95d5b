package dev.idem.core.reconcile;

import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.journal.entry.JournalEntry.Freed;
import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.StoredRecord.State;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.FastStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Copies to one store what only the other has. The stores apply their own rules at the moment of writing. Nothing here
 * overwrites an answer, or ends a lease that only one store has. Leases are copied to the durable store only while the
 * fast store decides; otherwise the durable store has the later state.
 */
final class Repair {
    private final FastStore fast;
    private final JournalWriter durable;
    private final BooleanSupplier fastDecides;

    Repair(FastStore fast, JournalWriter durable, BooleanSupplier fastDecides) {
        this.fast = fast;
        this.durable = durable;
        this.fastDecides = fastDecides;
    }

    void attempt(List<RecordPair> pairs) {
        boolean leasesToo = fastDecides.getAsBoolean();
        List<StoredRecord> toPostgres = pairs.stream()
                .flatMap(pair -> pair.redis().stream())
                .filter(record -> leasesToo || record.state() == State.COMPLETED)
                .toList();
        durable.mergeRecords(toPostgres);
        takeBackWhatWasFreed(toPostgres);
        pairs.forEach(this::tellRedis);
    }

    /** A lease that was abandoned during the copy would lock the key again, because its end may have arrived first. */
    private void takeBackWhatWasFreed(List<StoredRecord> told) {
        List<StoredRecord> leases = told.stream()
                .filter(record -> record.state() == State.PROCESSING)
                .toList();
        Set<RecordId> held = fast
                .records()
                .heads(leases.stream().map(StoredRecord::id).toList())
                .stream()
                .map(RecordHead::id)
                .collect(Collectors.toSet());
        durable.merge(leases.stream()
                .filter(record -> !held.contains(record.id()))
                .map(Repair::freed)
                .toList());
    }

    private static JournalEntry freed(StoredRecord record) {
        return new JournalEntry(
                record.id(), Set.of(new Freed(record.owner(), record.fencing(), false)), Optional.empty());
    }

    private void tellRedis(RecordPair pair) {
        Optional<StoredRecord> known = pair.postgres().filter(StoredRecord::isFinal);
        if (known.isEmpty()) {
            return;
        }
        Optional<StoredRecord> unknown = pair.redis().filter(StoredRecord::outcomeUnknown);
        if (unknown.isPresent()) {
            Answer answer = known.get().answer().orElseThrow();
            boolean unusedResolved = fast.records().resolve(unknown.get(), answer);
        } else if (pair.redis().flatMap(StoredRecord::window).isEmpty()) {
            fast.answers().remember(known.get());
        }
    }
}
