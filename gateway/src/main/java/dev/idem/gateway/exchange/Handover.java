package dev.idem.gateway.exchange;

import dev.idem.core.background.DaemonThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Gives another thread what may block. */
final class Handover {
    private Handover() {}

    /**
     * Starts one if there is no other: what is to be done ends a request, and nobody else would. Each ends one that had a place at
     * an upstream, and none begins while there is no thread: there are no more of them than places.
     *
     * @param step must not throw
     */
    static void to(Executor executor, Runnable step) {
        try {
            executor.execute(step);
        } catch (RejectedExecutionException full) {
            DaemonThreads.of("gateway-handover", step).start();
        }
    }
}
