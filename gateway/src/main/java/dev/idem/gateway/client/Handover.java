package dev.idem.gateway.client;

import dev.idem.core.background.DaemonThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Hands a step that may block to another thread. */
public final class Handover {
    private Handover() {}

    /**
     * Starts a new thread if the pool refuses: the step ends a request, and nothing else would. There are never more
     * such threads than places at upstreams, because each ends a request that had one, and none begins while there is
     * no thread.
     *
     * @param step must not throw
     */
    public static void to(Executor executor, Runnable step) {
        try {
            executor.execute(step);
        } catch (RejectedExecutionException full) {
            DaemonThreads.of("gateway-handover", step).start();
        }
    }
}
