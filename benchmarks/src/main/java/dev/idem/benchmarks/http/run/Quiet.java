package dev.idem.benchmarks.http.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Waits until no server uses the processors any more. A JVM that served requests for a minute goes on compiling for minutes, and
 * so disturbs the next measurement; a JVM that could not finish compiling stays slow. For one thread.
 */
final class Quiet {
    /** The share of one processor below which a server counts as idle. */
    private static final double SHARE = 0.15;

    private final List<Supplier<Duration>> servers;
    private final Duration look;
    private final Duration patience;
    private final PrintWriter progress;

    /**
     * @param servers the processor time of each server
     * @param look the length of one observation
     * @param patience after this time the measurement continues in any case
     * @param progress receives a message in that case
     */
    Quiet(List<Supplier<Duration>> servers, Duration look, Duration patience, PrintWriter progress) {
        this.servers = List.copyOf(servers);
        this.look = look;
        this.patience = patience;
        this.progress = progress;
    }

    void await() throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Duration before = worked();
        while (true) {
            long begun = System.nanoTime();
            Thread.sleep(look.toMillis());
            Duration now = worked();
            double share = (double) now.minus(before).toNanos() / (System.nanoTime() - begun);
            if (share <= SHARE) {
                return;
            }
            if (System.nanoTime() - end >= 0) {
                progress.printf(Locale.ROOT, "  servers that nobody asks still take %.2f of a processor%n", share);
                return;
            }
            before = now;
        }
    }

    private Duration worked() {
        return servers.stream().map(Supplier::get).reduce(Duration.ZERO, Duration::plus);
    }
}
