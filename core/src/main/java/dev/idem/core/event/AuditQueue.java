package dev.idem.core.event;

import dev.idem.core.background.DaemonThreads;
import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.background.WorkerLoop;
import dev.idem.core.event.AuditEventStore.Aged;
import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from requests and writes them later, many in one statement. Adding one never waits and never fails: an
 * event that finds the queue full counts as dropped. While PostgreSQL is unavailable, events wait. Thread-safe.
 */
public final class AuditQueue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditQueue.class);
    private static final int MOST_AT_ONCE = 1_000;
    private static final Duration GATHERING = Duration.ofMillis(200);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final AuditEventStore events;
    private final AuditListener listener;
    private final BlockingQueue<Waiting> queue;
    private final Thread writer;
    private final List<Waiting> batch = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    /** Of the writer's thread: whether an outage has been logged that has not ended. */
    private boolean unavailable;

    /** A waiting event, and since when it waits. */
    private record Waiting(AuditEvent event, long sinceNanos) {
        Aged aged() {
            return new Aged(event, Duration.ofNanos(System.nanoTime() - sinceNanos));
        }
    }

    /** @param capacity how many events may wait */
    public AuditQueue(AuditEventStore events, int capacity, AuditListener listener) {
        this.events = events;
        this.listener = listener;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.writer = DaemonThreads.of("idempotency-audit", new WorkerLoop("the audit trail", this::write, this::end));
    }

    public void start() {
        writer.start();
    }

    public void add(AuditEvent event) {
        if (isClosed() || !queue.offer(new Waiting(event, System.nanoTime()))) {
            listener.dropped(1);
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    /** How many events wait. */
    public int depth() {
        return queue.size();
    }

    /** Writes the waiting events, for at most five seconds, and accepts no more. */
    @Override
    public void close() {
        closing.countDown();
        try {
            writer.join(DRAIN.toMillis());
            if (writer.isAlive()) {
                writer.interrupt();
                writer.join(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            writer.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /** @return false if no event is left, and none will come */
    private boolean write() throws InterruptedException {
        if (batch.isEmpty()) {
            gather();
        }
        if (!batch.isEmpty()) {
            deliver(batch);
        }
        return !isClosed() || !queue.isEmpty() || !batch.isEmpty();
    }

    private void end() {
        int lost = batch.size() + queue.size();
        if (lost > 0) {
            listener.dropped(lost);
        }
    }

    /** Waits a moment after the first event, so that later ones go with it. */
    private void gather() throws InterruptedException {
        @Nullable Waiting first = queue.poll(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            awaitMore();
            queue.drainTo(batch, MOST_AT_ONCE - 1);
        }
    }

    /**
     * Does not block on the queue for the next event; otherwise each caller that adds one would have to wake this
     * thread.
     */
    private void awaitMore() throws InterruptedException {
        long begun = System.nanoTime();
        boolean isOver = false;
        while (!isOver) {
            isOver = queue.size() >= MOST_AT_ONCE - 1
                    || System.nanoTime() - begun >= GATHERING.toNanos()
                    || closing.await(LOOK.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void deliver(List<Waiting> waiting) throws InterruptedException {
        try {
            events.write(waiting.stream().map(Waiting::aged).toList());
        } catch (StoreUnavailableException e) {
            if (!unavailable) {
                unavailable = true;
                log.warn(
                        "the audit trail keeps its {} events until a store is available: {}",
                        depth() + batch.size(),
                        e.getMessage());
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            return;
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            refused(waiting, e);
            return;
        }
        if (unavailable) {
            unavailable = false;
            log.info("the audit trail is written again");
        }
        int written = waiting.size();
        waiting.clear(); // before the listeners, which may fail: these events are written
        listener.written(written);
    }

    /** One bad event must not lose the others: they are written one by one. */
    private void refused(List<Waiting> waiting, Throwable failure) throws InterruptedException {
        if (waiting.size() == 1) {
            // Only the class: a database message quotes the row.
            log.error(
                    "an audit event was refused and is lost: {}",
                    failure.getClass().getName());
            waiting.clear();
            listener.dropped(1);
            return;
        }
        while (!waiting.isEmpty()) {
            deliver(waiting.subList(0, 1)); // which is removed from the list when it was written or lost
        }
    }
}
