package dev.idem.service.share.event;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.background.PeriodicTask;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to their consumer, one after another; several nodes share the work. An event is put down as delivered
 * after its consumer has taken it, and so comes again if this process dies in between. No connection is held while the
 * consumer works.
 */
public final class ShareEventDelivery implements Managed {
    private static final Logger log = LoggerFactory.getLogger(ShareEventDelivery.class);
    private static final int BATCH = 10;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration HOLD = Duration.ofMinutes(1);
    private static final Duration KEEP = Duration.ofDays(7);
    private static final int FORGET_BATCH = 1_000;
    private static final int COUNT_AT_MOST = 10_000;

    private final ShareEvents events;
    private final ShareEventConsumer consumer;
    private final ScheduledExecutorService rounds;
    private final Counter delivered;
    private final Counter failed;
    private volatile long pending;
    private volatile boolean stopping;

    /** @param rounds for this delivery alone; stopped by the caller, after this one */
    public ShareEventDelivery(
            ShareEvents events, ShareEventConsumer consumer, ScheduledExecutorService rounds, MetricRegistry metrics) {
        this.events = events;
        this.consumer = consumer;
        this.rounds = rounds;
        this.delivered = metrics.counter("share-events.delivered");
        this.failed = metrics.counter("share-events.failed");
        metrics.registerGauge("share-events.pending", () -> pending);
    }

    @Override
    public void start() {
        new PeriodicTask(rounds).repeat("delivering events", PAUSE, PAUSE, this::runOnce);
    }

    /** The event that is with its consumer is finished; what else was taken is given back. */
    @Override
    public void stop() {
        stopping = true;
    }

    private void runOnce() {
        try {
            List<ShareEvent> taken = take();
            while (!taken.isEmpty()) {
                deliver(taken);
                taken = take();
            }
            pending = events.pending(COUNT_AT_MOST);
            events.forget(KEEP, FORGET_BATCH);
        } catch (JdbiException e) {
            log.warn("events wait until PostgreSQL can be asked: {}", e.getMessage());
        }
    }

    private List<ShareEvent> take() {
        return stopping ? List.of() : events.take(BATCH, HOLD);
    }

    private void deliver(List<ShareEvent> taken) {
        long begin = System.nanoTime();
        for (ShareEvent event : taken) {
            if (stopping) {
                events.giveBack(event);
            } else if (System.nanoTime() - begin < HOLD.toNanos()) {
                deliver(event);
            }
        }
    }

    private void deliver(ShareEvent event) {
        try {
            consumer.accept(event);
        } catch (Exception e) {
            OutOfMemoryExit.haltAfter(e);
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            failed.inc();
            log.warn("event {} failed at attempt {}: {}", event.id(), event.attempt(), e.toString());
            events.failed(event, e);
            return;
        }
        delivered.inc();
        events.delivered(event);
    }
}
