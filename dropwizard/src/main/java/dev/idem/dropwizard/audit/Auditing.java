package dev.idem.dropwizard.audit;

import dev.idem.core.background.PeriodicTask;
import dev.idem.core.engine.EngineListener;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.AuditListener;
import dev.idem.core.event.AuditQueue;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.http.config.AuditConfiguration;
import dev.idem.http.decision.DecisionListener;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit trail of one node, from its start to its end, and the partitions that it is written to. */
public final class Auditing implements Managed {
    private static final Logger log = LoggerFactory.getLogger(Auditing.class);
    private static final int DAYS_AHEAD = 3;
    private static final Duration ROUND = Duration.ofHours(1);

    private final AuditQueue trail;
    private final AuditRecorder recorder;
    private final AuditEventStore events;
    private final Duration retention;
    private final ScheduledExecutorService rounds;

    /**
     * @param node what this process is called in events
     * @param rounds where the partitions are kept in order
     */
    public Auditing(
            AuditEventStore events,
            AuditConfiguration settings,
            AuditListener listener,
            String node,
            ScheduledExecutorService rounds) {
        this.events = events;
        this.trail = new AuditQueue(events, settings.queueOrDefault(), listener);
        this.recorder = new AuditRecorder(trail, node);
        this.retention = settings.retentionOrDefault();
        this.rounds = rounds;
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
        new PeriodicTask(rounds).repeat("the audit trail's partitions", Duration.ZERO, ROUND, this::keepPartitions);
    }

    @Override
    public void stop() {
        trail.close();
    }

    /** Without them events go to the partition for all the rest, where they are found as well. */
    private void keepPartitions() {
        try {
            int changed = events.keepPartitions(DAYS_AHEAD, retention);
            if (changed > 0) {
                log.info("partitions of the audit trail made or dropped: {}", changed);
            }
        } catch (StoreUnavailableException | JdbiException e) {
            log.warn(
                    "the partitions of the audit trail could not be kept in order; next try in an hour: {}",
                    e.getMessage());
        }
    }
}
