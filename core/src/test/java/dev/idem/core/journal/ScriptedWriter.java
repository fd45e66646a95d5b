package dev.idem.core.journal;

import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.record.RecordId;
import dev.idem.core.store.StoreUnavailableException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Keeps the batches that it receives. It can block, be unavailable, fail, and refuse records. */
final class ScriptedWriter implements JournalWriter {
    final List<List<JournalEntry>> written = new CopyOnWriteArrayList<>();
    final List<List<JournalEntry>> attempts = new CopyOnWriteArrayList<>();
    final Set<RecordId> refused = ConcurrentHashMap.newKeySet();
    volatile boolean away;
    volatile boolean broken;
    private final Semaphore turns = new Semaphore(Integer.MAX_VALUE / 2);

    @Override
    public void merge(List<JournalEntry> entries) {
        List<JournalEntry> batch = List.copyOf(entries);
        attempts.add(batch);
        turns.acquireUninterruptibly();
        if (broken) {
            throw new AssertionError("thrown by the test");
        }
        if (away) {
            throw new StoreUnavailableException("postgresql", "made unavailable by the test");
        }
        if (batch.stream().anyMatch(entry -> refused.contains(entry.id()))) {
            throw new IllegalStateException("refused by the test");
        }
        written.add(batch);
    }

    /** From now on each write waits for {@link #letOne()} or {@link #letAll()}. */
    void hold() {
        turns.drainPermits();
    }

    void letOne() {
        turns.release();
    }

    void letAll() {
        turns.release(Integer.MAX_VALUE / 2);
    }

    List<JournalEntry> all() {
        return written.stream().flatMap(List::stream).toList();
    }
}
