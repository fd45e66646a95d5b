package dev.idem.benchmarks.http.load;

import java.util.concurrent.TimeUnit;

/** When the next request is due. */
public sealed interface Pace {
    /** As soon as a connection is free: a closed loop with one request for each connection. */
    Pace CLOSED = new Closed();

    /** At once. */
    Pace TOGETHER = new Open(1e9);

    /** At a fixed rate per second, whether or not earlier requests have a response. */
    static Pace open(double perSecond) {
        return new Open(perSecond);
    }

    /**
     * When a request is due, in nanoseconds after the beginning.
     *
     * @param request its position, from 0
     * @param elapsed nanoseconds since the beginning
     */
    long due(long request, long elapsed);

    /** A closed loop: a slow server gets fewer requests. */
    record Closed() implements Pace {
        @Override
        public long due(long request, long elapsed) {
            return elapsed;
        }
    }

    /** An open loop: the latency of a delayed request counts from the time when it was due. */
    record Open(double perSecond) implements Pace {
        @Override
        public long due(long request, long elapsed) {
            return (long) (request * (TimeUnit.SECONDS.toNanos(1) / perSecond));
        }
    }
}
