package dev.idem.service.gateway.exchange;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Gives another thread what may block. */
final class Handover {
    private Handover() {}

    /**
     * Does it here if there is no other thread: what is to be done ends a request, and nobody else would.
     *
     * @param step must not throw
     */
    static void to(Executor executor, Runnable step) {
        try {
            executor.execute(step);
        } catch (RejectedExecutionException full) {
            step.run();
        }
    }
}
