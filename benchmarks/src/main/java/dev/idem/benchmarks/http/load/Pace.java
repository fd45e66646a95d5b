package dev.idem.benchmarks.http.load;

import java.util.concurrent.TimeUnit;

/** When the next request is due. */
public sealed interface Pace {
    /** As soon as a connection is free: as many requests at a time as there are connections. */
    Pace CLOSED = new Closed();

    /** At once. */
    Pace TOGETHER = new Open(1e9);

    /** So many a second, whether or not earlier ones are answered. */
    static Pace open(double perSecond) {
        return new Open(perSecond);
    }

    /**
     * Nanoseconds after the begin at which a request is due.
     *
     * @param request its place in the order, from 0
     * @param elapsed nanoseconds since the begin
     */
    long due(long request, long elapsed);

    /** The loop is closed: a server that is slow is asked less. */
    record Closed() implements Pace {
        @Override
        public long due(long request, long elapsed) {
            return elapsed;
        }
    }

    /** The loop is open: those who are kept waiting are counted from when they should have been served. */
    record Open(double perSecond) implements Pace {
        @Override
        public long due(long request, long elapsed) {
            return (long) (request * (TimeUnit.SECONDS.toNanos(1) / perSecond));
        }
    }
}
