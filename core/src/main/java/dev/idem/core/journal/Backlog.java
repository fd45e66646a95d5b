package dev.idem.core.journal;

import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.RecordId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries that are not durable yet: the batch in writing, then one entry per record, oldest first. Bounded by
 * entries and bytes. Not thread-safe: {@link JournalQueue} guards it.
 */
final class Backlog {
    private final JournalLimits limits;
    private final Map<RecordId, Slot> pending = new LinkedHashMap<>();
    private final Map<RecordId, Slot> batch = new LinkedHashMap<>();
    private long bytes;

    Backlog(JournalLimits limits) {
        this.limits = limits;
    }

    private record Slot(JournalEntry entry, MonotonicInstant since) {
        Slot then(Slot later) {
            return new Slot(entry.then(later.entry), since);
        }

        long bytes() {
            return entry.bytes();
        }
    }

    int size() {
        return pending.size() + batch.size();
    }

    /** About how much memory the entries take. */
    long bytes() {
        return bytes;
    }

    boolean contains(RecordId id) {
        return pending.containsKey(id) || batch.containsKey(id);
    }

    /** How old the oldest entry is; zero if there is none. */
    Duration lag() {
        Iterator<Slot> oldestFirst =
                (batch.isEmpty() ? pending : batch).values().iterator();
        return oldestFirst.hasNext() ? oldestFirst.next().since.age() : Duration.ZERO;
    }

    /**
     * Whether there is capacity. An empty backlog accepts any entry, a full one only a change that makes an entry no
     * larger.
     */
    boolean fits(JournalEntry entry) {
        Slot before = pending.get(entry.id());
        if (before == null) {
            return size() == 0 || (size() < limits.entries() && bytes + entry.bytes() <= limits.bytes());
        }
        if (size() == 1 || bytes + entry.bytes() <= limits.bytes()) {
            return true;
        }
        long growth = before.entry.then(entry).bytes() - before.bytes();
        return growth <= 0 || bytes + growth <= limits.bytes();
    }

    /** Whether a batch is due without waiting for more: the last one failed, or a full batch is there. */
    boolean fillsBatch() {
        return !batch.isEmpty() || pending.size() >= limits.batchEntries() || bytes >= limits.batchBytes();
    }

    void add(JournalEntry entry) {
        Slot before = pending.get(entry.id());
        Slot added = new Slot(entry, MonotonicInstant.now());
        Slot both = before == null ? added : before.then(added);
        bytes += both.bytes() - (before == null ? 0 : before.bytes());
        pending.put(entry.id(), both);
    }

    /**
     * The entries to write: the rest of the last batch, with each record in its newest state, or otherwise a new batch.
     */
    List<JournalEntry> batch() {
        if (batch.isEmpty()) {
            fillBatch();
        } else {
            batch.replaceAll((id, slot) -> newest(slot));
        }
        return batch.values().stream().map(Slot::entry).toList();
    }

    /**
     * Removes these entries from the batch.
     *
     * @return how old the oldest of them was
     */
    Duration settle(List<JournalEntry> done) {
        MonotonicInstant oldest = MonotonicInstant.now();
        for (JournalEntry entry : done) {
            Slot slot = batch.remove(entry.id());
            if (slot != null) {
                bytes -= slot.bytes();
                oldest = oldest.earlier(slot.since);
            }
        }
        return oldest.age();
    }

    /** Drops everything. Returns the number of dropped entries. */
    int clear() {
        int left = size();
        pending.clear();
        batch.clear();
        bytes = 0;
        return left;
    }

    private void fillBatch() {
        long size = 0;
        Iterator<Slot> oldestFirst = pending.values().iterator();
        while (oldestFirst.hasNext() && batch.size() < limits.batchEntries()) {
            Slot slot = oldestFirst.next();
            size += slot.bytes();
            if (size > limits.batchBytes() && !batch.isEmpty()) {
                return;
            }
            batch.put(slot.entry.id(), slot);
            oldestFirst.remove();
        }
    }

    private Slot newest(Slot slot) {
        Slot later = pending.remove(slot.entry.id());
        if (later == null) {
            return slot;
        }
        Slot both = slot.then(later);
        bytes += both.bytes() - slot.bytes() - later.bytes();
        return both;
    }
}
