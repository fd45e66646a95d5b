package dev.idem.service.gateway.exchange;

import dev.idem.core.record.Lease;
import dev.idem.dropwizard.decision.Settlements;
import dev.idem.dropwizard.policy.StoredAnswers;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/** The lease of a request in shadow; ended once, on a thread that may block. */
final class ShadowLease {
    private final Lease lease;
    private final StoredAnswers stored;
    private final Settlements settlements;
    private final Executor executor;

    ShadowLease(Lease lease, StoredAnswers stored, Settlements settlements, Executor executor) {
        this.lease = lease;
        this.stored = stored;
        this.settlements = settlements;
        this.executor = executor;
    }

    /** @param then ends the answer, so that whoever has had all of it and repeats finds it noted */
    void answered(int status, Runnable then) {
        Handover.to(executor, () -> {
            try {
                settlements.shadowed(lease, stored.keeps(status) ? OptionalInt.of(status) : OptionalInt.empty());
            } finally {
                then.run();
            }
        });
    }

    /** There is no answer, or nobody took it. */
    void unanswered() {
        Handover.to(executor, () -> settlements.shadowed(lease, OptionalInt.empty()));
    }
}
