package dev.idem.core.background;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that never keep a process from ending, and never end without a word. */
public final class DaemonThreads {
    private static final Logger log = LoggerFactory.getLogger(DaemonThreads.class);

    private DaemonThreads() {}

    /** One that is still to be started. */
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
