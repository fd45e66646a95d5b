package dev.idem.gateway.exchange;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.Lease;
import dev.idem.http.decision.LeaseCompletion;
import dev.idem.http.policy.StoragePolicy;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease of a request in shadow; ended once, on a thread that may block. */
final class ShadowLease {
    private static final Logger log = LoggerFactory.getLogger(ShadowLease.class);

    private final Lease lease;
    private final StoragePolicy stored;
    private final LeaseCompletion settlements;
    private final Executor executor;
    private final AtomicBoolean ended = new AtomicBoolean();

    ShadowLease(Lease lease, StoragePolicy stored, LeaseCompletion settlements, Executor executor) {
        this.lease = lease;
        this.stored = stored;
        this.settlements = settlements;
        this.executor = executor;
    }

    /** @param then ends the answer, so that whoever has had all of it and repeats finds it noted */
    void answered(int status, Runnable then) {
        OptionalInt kept = stored.keeps(status) ? OptionalInt.of(status) : OptionalInt.empty();
        Handover.to(executor, () -> {
            guarded(() -> end(kept));
            guarded(then);
        });
    }

    /** There is no answer, or nobody took it. */
    void unanswered() {
        Handover.to(executor, () -> guarded(() -> end(OptionalInt.empty())));
    }

    private void end(OptionalInt status) {
        if (ended.compareAndSet(false, true)) {
            settlements.shadowed(lease, status);
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("{} failed in shadow", lease.id(), e);
        }
    }
}
