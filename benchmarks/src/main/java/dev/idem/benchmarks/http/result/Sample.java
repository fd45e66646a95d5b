package dev.idem.benchmarks.http.result;

import dev.idem.benchmarks.http.load.LoadResult;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The measurements of one variant in one round.
 *
 * @param load the clients' measurements
 * @param cpu processor time of the server's process; zero if the server runs in ours
 * @param allocated bytes that the server's process allocated; empty if unknown
 * @param ownCpu processor time of the process that sent the load
 */
public record Sample(LoadResult load, Duration cpu, OptionalLong allocated, Duration ownCpu) {

    /** Responses per second. */
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

    /** Bytes; empty if unknown. */
    public OptionalDouble allocatedPerRequest() {
        return allocated.isPresent()
                ? OptionalDouble.of((double) allocated.getAsLong()
                        / Math.max(1, load.tally().answers()))
                : OptionalDouble.empty();
    }
}
