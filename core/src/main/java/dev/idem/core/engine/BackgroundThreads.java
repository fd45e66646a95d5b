package dev.idem.core.engine;

/** The engine's own threads, which never keep a process from ending. */
final class BackgroundThreads {
    private BackgroundThreads() {}

    static Thread of(Runnable task) {
        Thread thread = new Thread(task, "idempotency");
        thread.setDaemon(true);
        return thread;
    }
}
