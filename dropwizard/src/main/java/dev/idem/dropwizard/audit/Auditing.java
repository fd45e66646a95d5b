package dev.idem.dropwizard.audit;

import dev.idem.core.background.PeriodicTask;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.AuditListener;
import dev.idem.core.event.AuditQueue;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.http.config.AuditConfiguration;
import dev.idem.http.decision.outcome.DecisionListener;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the audit trail of one node, and keeps its table's partitions. */
public final class Auditing implements Managed {
    private static final Logger log = LoggerFactory.getLogger(Auditing.class);
    private static final int DAYS_AHEAD = 3;
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final AuditQueue trail;
    private final AuditRecorder recorder;
    private final AuditEventStore events;
    private final Duration retention;
    private final ScheduledExecutorService executor;

    /**
     * @param node this process's name in events
     * @param executor creates and drops partitions
     */
    public Auditing(
            AuditEventStore events,
            AuditConfiguration settings,
            AuditListener listener,
            String node,
            ScheduledExecutorService executor) {
        this.events = events;
        this.trail = new AuditQueue(events, settings.queueOrDefault(), listener);
        this.recorder = new AuditRecorder(trail, node);
        this.retention = settings.retentionOrDefault();
        this.executor = executor;
    }

    public EngineListener engineListener() {
        return recorder;
    }

    public DecisionListener decisionListener() {
        return recorder;
    }

    /** How many events wait to be written. */
    public IntSupplier depth() {
        return trail::depth;
    }

    @Override
    public void start() {
        trail.start();
        new PeriodicTask(executor)
                .repeat("keeping the audit trail's partitions", Duration.ZERO, INTERVAL, this::keepPartitions);
    }

    @Override
    public void stop() {
        trail.close();
    }

    /** Without them events go to the default partition, where they are found as well. */
    private void keepPartitions() {
        try {
            int changed = events.keepPartitions(DAYS_AHEAD, retention);
            if (changed > 0) {
                log.info("audit trail: {} partitions created or dropped", changed);
            }
        } catch (StoreUnavailableException | JdbiException e) {
            log.warn("audit trail: cannot keep the partitions; next attempt in an hour: {}", e.getMessage());
        }
    }
}
