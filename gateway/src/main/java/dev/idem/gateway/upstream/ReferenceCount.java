package dev.idem.gateway.upstream;

import java.util.concurrent.atomic.AtomicLong;

/** Counts who uses something that is to end when nobody does any more. Thread-safe; the end is run once. */
final class ReferenceCount {
    private static final long RETIRED = 1L << 62;

    private final AtomicLong users = new AtomicLong();
    private final Runnable end;

    ReferenceCount(Runnable end) {
        this.end = end;
    }

    boolean enter() {
        return users.getAndUpdate(count -> count >= RETIRED ? count : count + 1) < RETIRED;
    }

    void leave() {
        if (users.decrementAndGet() == RETIRED) {
            end.run();
        }
    }

    /** To be called once. */
    void retire() {
        if (users.addAndGet(RETIRED) == RETIRED) {
            end.run();
        }
    }
}
