package dev.idem.benchmarks.http.load;

import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/** Wakes a selector when a request is due, because the selector's own clock has a resolution of one millisecond. */
final class Metronome implements AutoCloseable {
    private final Selector selector;
    private final Pace.Open pace;
    private final long begin;
    private final long requests;
    private final Thread thread = new Thread(this::beat, "metronome");
    private volatile boolean stopped;

    /** @param begin by {@link System#nanoTime} */
    Metronome(Selector selector, Pace.Open pace, long begin, long requests) {
        this.selector = selector;
        this.pace = pace;
        this.begin = begin;
        this.requests = requests;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void beat() {
        for (long request = 0; !stopped && request < requests; ) {
            long left = begin + pace.due(request, 0) - System.nanoTime();
            if (left <= 0) {
                request++;
                continue;
            }
            LockSupport.parkNanos(left);
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
    }
}
