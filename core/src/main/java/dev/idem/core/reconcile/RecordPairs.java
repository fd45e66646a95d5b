package dev.idem.core.reconcile;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordCopy;
import dev.idem.core.store.unreadable.UnreadableRecord;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads records with their answers from both stores, in pages that bound memory. A record that one store cannot read is no pair:
 * nobody knows whether it is missing there. Thread-safe.
 */
final class RecordPairs {
    private final RecordCopy fast;
    private final RecordCopy durable;
    private final Consumer<UnreadableRecord> unreadable;

    /** @param unreadable is told what cannot be read */
    RecordPairs(RecordCopy fast, RecordCopy durable, Consumer<UnreadableRecord> unreadable) {
        this.fast = fast;
        this.durable = durable;
        this.unreadable = unreadable;
    }

    /** Passes on each of these records that a store has, and that no store has without being able to read it. */
    void forEach(List<RecordId> ids, Consumer<List<RecordPair>> consumer) {
        Set<String> leftOut = new HashSet<>();
        Consumer<UnreadableRecord> both = unreadable.andThen(record -> leftOut.add(record.hash()));
        join(
                ids,
                fast.reporting(both),
                durable.reporting(both),
                page -> consumer.accept(page.stream()
                        .filter(pair -> !leftOut.contains(UnreadableRecord.hash(pair.id())))
                        .toList()));
    }

    private static void join(
            List<RecordId> ids, RecordCopy fast, RecordCopy durable, Consumer<List<RecordPair>> consumer) {
        Set<RecordId> notInFast = new LinkedHashSet<>(ids);
        fast.find(ids, page -> {
            page.forEach(record -> notInFast.remove(record.id()));
            joinPage(page, durable, consumer);
        });
        durable.find(
                List.copyOf(notInFast),
                page -> consumer.accept(page.stream()
                        .map(record -> RecordPair.of(record.id(), null, record))
                        .toList()));
    }

    private static void joinPage(List<StoredRecord> inFast, RecordCopy durable, Consumer<List<RecordPair>> consumer) {
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
