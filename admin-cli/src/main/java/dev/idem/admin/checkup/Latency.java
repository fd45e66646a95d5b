package dev.idem.admin.checkup;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How long a store takes to answer: the median of some pings, after one that opens the connection. */
final class Latency {
    private static final int ROUNDS = 21;
    private static final Duration SLOW = Duration.ofMillis(20);

    private Latency() {}

    static CheckResult of(String subject, Runnable ping) {
        ping.run();
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            ping.run();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        long median = nanos[ROUNDS / 2];
        String seen = String.format(
                Locale.ROOT, "%.2f ms (median of %d)", median / (double) TimeUnit.MILLISECONDS.toNanos(1), ROUNDS);
        return median < SLOW.toNanos()
                ? CheckResult.ok(subject, "latency", seen)
                : CheckResult.warning(
                        subject,
                        "latency",
                        seen,
                        "Each protected request waits for it: check the network, the machine's load, and SLOWLOG or"
                                + " pg_stat_activity.");
    }
}
