package dev.idem.core.background;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Daemon threads, which do not keep a process running. An uncaught failure is logged. */
public final class DaemonThreads {
    private static final Logger log = LoggerFactory.getLogger(DaemonThreads.class);

    private DaemonThreads() {}

    /** A thread that is not started yet. */
    public static Thread of(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(DaemonThreads::ended);
        return thread;
    }

    private static void ended(Thread thread, Throwable failure) {
        OutOfMemoryExit.haltAfter(failure);
        log.error("the thread {} has ended", thread.getName(), failure);
    }
}
