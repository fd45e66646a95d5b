package dev.idem.gateway.exchange;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.Lease;
import dev.idem.gateway.client.Handover;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.log.LoggedFailure;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease of a request in shadow mode. It ends once, on a thread that may block. */
final class ShadowLease {
    private static final Logger log = LoggerFactory.getLogger(ShadowLease.class);

    private final Lease lease;

    private final LeaseCompletion completion;
    private final Executor executor;
    private final AtomicBoolean ended = new AtomicBoolean();

    ShadowLease(Lease lease, LeaseCompletion completion, Executor executor) {
        this.lease = lease;
        this.completion = completion;
        this.executor = executor;
    }

    /** @param then ends the response, so that a client that repeats after reading all of it finds it recorded */
    void answered(int status, Runnable then) {
        Handover.to(executor, () -> {
            guarded(() -> end(() -> completion.shadowAnswered(lease, status)));
            guarded(then);
        });
    }

    /** There is no response, or the client did not read it. */
    void unanswered() {
        Handover.to(executor, () -> guarded(() -> end(() -> completion.shadowAbandoned(lease))));
    }

    private void end(Runnable step) {
        if (ended.compareAndSet(false, true)) {
            step.run();
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("{} failed in shadow", lease.id(), LoggedFailure.of(e));
        }
    }
}
