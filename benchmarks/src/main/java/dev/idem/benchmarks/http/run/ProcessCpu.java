package dev.idem.benchmarks.http.run;

import java.time.Duration;

/** How long this process has had a processor. */
final class ProcessCpu {
    private ProcessCpu() {}

    static Duration now() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
