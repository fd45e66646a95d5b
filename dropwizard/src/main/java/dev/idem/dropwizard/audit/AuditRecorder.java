package dev.idem.dropwizard.audit;

import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.event.AuditEvent;
import dev.idem.core.event.AuditQueue;
import dev.idem.core.event.AuditType;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Adds events of the engine and of decisions to the audit trail. Thread-safe; never waits. */
final class AuditRecorder implements EngineListener, DecisionListener {
    private final AuditQueue trail;
    private final String node;
    private final AtomicReference<Optional<Boolean>> redisDecided = new AtomicReference<>(Optional.empty());

    AuditRecorder(AuditQueue trail, String node) {
        this.trail = trail;
        this.node = node;
    }

    @Override
    public void decided(String route, Layer layer, Outcome outcome) {
        // Only decisions that concern an earlier request are events; metrics count the others.
    }

    @Override
    public void shadowed(String route, Layer layer, Outcome outcome) {
        // Not an event: the request executed as if the layer were off.
    }

    @Override
    public void concerned(RecordId id, String route, Layer layer, Outcome outcome) {
        AuditType type = outcome == Outcome.KEY_REUSED ? AuditType.KEY_REUSED : AuditType.DUPLICATE_PREVENTED;
        trail.add(AuditEvent.of(type, node, id, route, layer.label(), "outcome=" + outcome.label()));
    }

    @Override
    public void staleRecovered(Lease lease) {
        trail.add(about(AuditType.STALE_RECOVERED, lease));
    }

    @Override
    public void fenced(Lease lease) {
        trail.add(about(AuditType.FENCED, lease));
    }

    /** The first report, at the start, is not a change. */
    @Override
    public void trustChanged(boolean redisDecides) {
        Optional<Boolean> before = redisDecided.getAndSet(Optional.of(redisDecides));
        if (before.isPresent() && before.get() != redisDecides) {
            trail.add(AuditEvent.of(
                    redisDecides ? AuditType.FAILOVER_ENDED : AuditType.FAILOVER,
                    node,
                    "decides=" + (redisDecides ? "redis" : "postgresql")));
        }
    }

    @Override
    public void breakerChanged(String store, boolean open) {
        trail.add(AuditEvent.of(open ? AuditType.BREAKER_OPENED : AuditType.BREAKER_CLOSED, node, "store=" + store));
    }

    private AuditEvent about(AuditType type, Lease lease) {
        String detail = "store=" + lease.store() + " attempt=" + lease.attempt();
        return AuditEvent.of(type, node, lease.id(), lease.request().origin().route(), "", detail)
                .withFencing(lease.fencing());
    }
}
