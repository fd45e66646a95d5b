package dev.idem.benchmarks.http.run;

import dev.idem.benchmarks.http.load.LoadResult;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One variant in one round.
 *
 * @param load what the clients saw
 * @param cpu of the server's process; zero if it runs in ours
 * @param allocated bytes, by the server's process; empty if it does not know
 * @param ownCpu of the process that made the load
 */
public record Sample(LoadResult load, Duration cpu, OptionalLong allocated, Duration ownCpu) {

    /** Answers a second. */
    public double throughput() {
        return load.throughput();
    }

    /** Microseconds. */
    public double cpuPerRequest() {
        return micros(cpu);
    }

    /** Microseconds. */
    public double ownCpuPerRequest() {
        return micros(ownCpu);
    }

    private double micros(Duration time) {
        return time.toNanos() / 1e3 / Math.max(1, load.tally().answers());
    }

    /** Bytes; empty if the server does not know. */
    public OptionalDouble allocatedPerRequest() {
        return allocated.isPresent()
                ? OptionalDouble.of((double) allocated.getAsLong()
                        / Math.max(1, load.tally().answers()))
                : OptionalDouble.empty();
    }
}
