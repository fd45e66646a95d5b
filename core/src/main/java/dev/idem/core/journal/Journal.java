package dev.idem.core.journal;

import dev.idem.core.background.DaemonThreads;
import dev.idem.core.background.WorkerLoop;
import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.Answer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write-behind log by which PostgreSQL follows Redis: each step that Redis has granted is reported here and is
 * durable within milliseconds. One thread writes the gathered entries in batches, so that an idle journal costs one
 * round trip and a busy one few. Entries of one record coalesce and never overtake each other.
 *
 * <p>Thread-safe. While PostgreSQL is unavailable, entries stay. When the journal is full, callers wait a moment for
 * capacity, but not while PostgreSQL is unavailable. An entry that finds no capacity is dropped, and the journal
 * {@linkplain #isBehind() is behind}. No method throws for a store's failure.
 */
public final class Journal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final Duration drain;
    private final JournalListener listener;
    private final JournalQueue queue;
    private final Thread thread;
    private final AtomicBoolean behind = new AtomicBoolean();

    /** Accepts entries from now on, and writes them once it is {@linkplain #start() started}. */
    public Journal(JournalWriter writer, JournalLimits limits, JournalListener listener) {
        this.drain = limits.drain();
        this.listener = listener;
        this.queue = new JournalQueue(limits);
        JournalDelivery delivery = new JournalDelivery(queue, writer, listener, this::dropped);
        this.thread = DaemonThreads.of("idempotency-journal", new WorkerLoop("the journal", delivery, delivery::end));
    }

    /** Call it once. */
    public void start() {
        thread.start();
    }

    /** Call this right after the lease was granted. */
    public void claimed(Lease lease) {
        add(JournalEntry.claimed(lease));
    }

    /** Call this when a heartbeat was accepted. */
    public void renewed(Lease lease) {
        add(JournalEntry.renewed(lease));
    }

    /** Call this when the answer was stored. */
    public void completed(Lease lease, Answer answer) {
        add(JournalEntry.completed(lease, answer));
    }

    /** Call this when the owner has freed the key. */
    public void abandoned(Lease lease) {
        add(JournalEntry.abandoned(lease));
    }

    /**
     * Waits until no entry of this record is queued or in writing; returns at once if there is none.
     *
     * @return false if there still is one, after {@code patience} or because the thread was interrupted (it stays so)
     */
    public boolean awaitWritten(RecordId id, Duration patience) {
        return queue.awaitGone(id, patience);
    }

    /** Whether entries were dropped since {@link #caughtUp()} was last called: PostgreSQL lacks what Redis has. */
    public boolean isBehind() {
        return behind.get();
    }

    /**
     * Resets {@link #isBehind()}. Call it before Redis's records are copied to PostgreSQL, not after: the copy may lack
     * entries that are dropped meanwhile.
     */
    public void caughtUp() {
        behind.set(false);
    }

    /** The age of the oldest entry that is not durable yet; zero if there is none. */
    public Duration lag() {
        return queue.lag();
    }

    /** How many entries are not durable yet. */
    public int depth() {
        return queue.depth();
    }

    /** About how many bytes of memory the entries take. */
    public long bytes() {
        return queue.bytes();
    }

    /**
     * Accepts no more entries and writes the rest, for at most {@link JournalLimits#drain()}; then it drops what
     * remains.
     */
    @Override
    public void close() {
        queue.close();
        try {
            thread.join(Math.max(1, drain.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        dropped(queue.abandon());
    }

    /** Whether the last write failed, so that entries wait until PostgreSQL is available, or a connection is free. */
    public boolean isStuck() {
        return queue.isStuck();
    }

    /** Whether the last write failed because PostgreSQL is unavailable. */
    public boolean isStoreAway() {
        return queue.isAway();
    }

    private void add(JournalEntry entry) {
        if (!queue.add(entry)) {
            dropped(1);
        }
    }

    private void dropped(int entries) {
        if (entries == 0) {
            return;
        }
        if (!behind.getAndSet(true)) {
            log.warn("the journal drops entries: PostgreSQL lacks records of Redis until they are copied there");
        }
        listener.dropped(entries);
    }
}
