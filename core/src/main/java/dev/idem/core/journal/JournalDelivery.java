package dev.idem.core.journal;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.background.WorkerLoop;
import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.store.StoreUnavailableException;
import io.github.resilience4j.core.IntervalFunction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes the queue's entries to the writer in batches, until the queue is closed. For one thread. */
final class JournalDelivery implements WorkerLoop.Step {
    private static final Logger log = LoggerFactory.getLogger(JournalDelivery.class);

    /** Twice as long after each further failure, up to a second. */
    private static final IntervalFunction PAUSE =
            IntervalFunction.ofExponentialBackoff(Duration.ofMillis(50), 2, Duration.ofSeconds(1));

    private static final int LONGEST_PAUSE_AFTER = 10;

    private final JournalQueue queue;
    private final JournalWriter writer;
    private final JournalListener listener;
    private final IntConsumer dropped;

    /** How many times in a row the store was unavailable. */
    private int failures;

    /** How many entries must still be written one by one, because one of their batch was refused. */
    private int singly;

    /** @param dropped receives the number of entries that will never be written */
    JournalDelivery(JournalQueue queue, JournalWriter writer, JournalListener listener, IntConsumer dropped) {
        this.queue = queue;
        this.writer = writer;
        this.listener = listener;
        this.dropped = dropped;
    }

    @Override
    public boolean run() throws InterruptedException {
        List<JournalEntry> batch = queue.take();
        return !batch.isEmpty() && deliver(singly > 0 ? batch.subList(0, 1) : batch);
    }

    /** Ends delivery: nothing more will be written. */
    void end() {
        dropped.accept(queue.abandon());
    }

    /** Returns false if the time to drain has passed. */
    private boolean deliver(List<JournalEntry> entries) throws InterruptedException {
        try {
            writer.merge(entries);
        } catch (StoreUnavailableException e) {
            return pause(e);
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            refused(entries, e);
            return true;
        }
        answered();
        singly = Math.max(0, singly - 1);
        listener.written(entries.size(), queue.settle(entries));
        return true;
    }

    private boolean pause(StoreUnavailableException e) throws InterruptedException {
        failures++;
        if (failures == 1) {
            log.warn("the journal keeps its {} entries until a store is available: {}", queue.depth(), e.getMessage());
        }
        long millis = PAUSE.apply(Math.min(failures, LONGEST_PAUSE_AFTER));
        return queue.pause(Duration.ofMillis(millis), !e.isBusy());
    }

    /** One bad entry must not block the others: they are written one by one, and only the bad one is dropped. */
    private void refused(List<JournalEntry> entries, Throwable e) {
        answered();
        if (entries.size() > 1) {
            singly = entries.size();
            return;
        }
        log.error(
                "{}: a journal entry was refused and dropped: {}",
                entries.get(0).id(),
                reason(e));
        singly = Math.max(0, singly - 1);
        Duration unused = queue.settle(entries);
        dropped.accept(1);
    }

    private void answered() {
        if (failures > 0) {
            log.info("the journal is written again; failed attempts: {}", failures);
            failures = 0;
        }
    }

    /** Database messages are not logged: they quote the row, including the key. */
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return "SQLSTATE " + sql.getSQLState();
            }
        }
        return failure.getClass().getName();
    }
}
