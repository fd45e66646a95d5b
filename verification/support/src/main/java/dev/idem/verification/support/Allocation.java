package dev.idem.verification.support;

import java.lang.management.ManagementFactory;

/** How much memory a thread takes from the heap while it does something, whether it keeps it or not. */
public final class Allocation {
    private Allocation() {}

    /** @return bytes; 0 on a JVM that does not count them */
    public static long during(Runnable action) {
        long before = bytes();
        action.run();
        return bytes() - before;
    }

    private static long bytes() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean counting
                        && counting.isThreadAllocatedMemorySupported()
                ? counting.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
