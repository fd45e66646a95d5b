package dev.idem.chaos.run;

import dev.idem.chaos.check.Consistency;
import dev.idem.chaos.history.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A run.
 *
 * @param seed of keys, delays and faults; what the machine makes of them differs from run to run
 * @param lasts how long faults are made
 * @param workers how many keys are asked for at a time
 */
public record RunSettings(Consistency consistency, long seed, Duration lasts, int workers, List<Workload> workloads) {
    private static final List<Workload> AVAILABLE = List.of(Workload.values());

    public static RunSettings of(Consistency consistency, long seed, Duration lasts) {
        return new RunSettings(consistency, seed, lasts, 8, AVAILABLE);
    }

    Path directory() {
        return Path.of("target", "chaos", name());
    }

    Path historyFile() {
        return Path.of("target", "chaos", name() + ".ndjson");
    }

    private String name() {
        return seed + "-" + consistency.word();
    }
}
