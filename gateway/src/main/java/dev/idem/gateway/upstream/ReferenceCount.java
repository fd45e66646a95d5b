package dev.idem.gateway.upstream;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the users of something that ends after its last user. The end runs once. Thread-safe. */
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

    /** Ends it as soon as it has no users. Called once. */
    void retire() {
        if (users.addAndGet(RETIRED) == RETIRED) {
            end.run();
        }
    }
}
