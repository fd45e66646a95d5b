package dev.idem.core.reconcile;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordCopy;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads records with their answers from both stores, in pages that bound memory. Thread-safe. */
final class RecordPairs {
    private final RecordCopy fast;
    private final RecordCopy durable;

    RecordPairs(RecordCopy fast, RecordCopy durable) {
        this.fast = fast;
        this.durable = durable;
    }

    /** Passes on each of these records that a store has. */
    void forEach(List<RecordId> ids, Consumer<List<RecordPair>> consumer) {
        Set<RecordId> notInFast = new LinkedHashSet<>(ids);
        fast.find(ids, page -> {
            page.forEach(record -> notInFast.remove(record.id()));
            join(page, consumer);
        });
        durable.find(
                List.copyOf(notInFast),
                page -> consumer.accept(page.stream()
                        .map(record -> RecordPair.of(record.id(), null, record))
                        .toList()));
    }

    private void join(List<StoredRecord> inFast, Consumer<List<RecordPair>> consumer) {
        Map<RecordId, StoredRecord> left = new LinkedHashMap<>();
        inFast.forEach(record -> left.put(record.id(), record));
        durable.find(
                List.copyOf(left.keySet()),
                page -> consumer.accept(page.stream()
                        .map(record -> RecordPair.of(record.id(), left.remove(record.id()), record))
                        .toList()));
        consumer.accept(left.values().stream()
                .map(record -> RecordPair.of(record.id(), record, null))
                .toList());
    }
}
