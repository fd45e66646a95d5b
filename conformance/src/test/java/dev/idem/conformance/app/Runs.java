package dev.idem.conformance.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How often each run was executed, and who waits for what. Thread-safe. */
final class Runs {
    private final Map<String, AtomicInteger> executions = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> latches = new ConcurrentHashMap<>();

    /** Counts one more; returns its number, from 1 on. */
    int begin(String run) {
        return executions.computeIfAbsent(run, key -> new AtomicInteger()).incrementAndGet();
    }

    int count(String run) {
        AtomicInteger count = executions.get(run);
        return count == null ? 0 : count.get();
    }

    void awaitRelease(String name) throws InterruptedException {
        if (!latch(name).await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody released " + name);
        }
    }

    void release(String name) {
        latch(name).countDown();
    }

    private CountDownLatch latch(String name) {
        return latches.computeIfAbsent(name, key -> new CountDownLatch(1));
    }
}
