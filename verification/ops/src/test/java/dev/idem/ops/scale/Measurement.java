package dev.idem.ops.scale;

import java.io.IOException;
import java.time.Duration;

/**
 * A count that has begun.
 *
 * @param time in ns
 * @param processor of the children that had ended
 */
record Measurement(Installation installation, long time, Duration processor, Work work) {

    static Measurement begin(Installation installation) throws IOException {
        Work work = installation.work();
        return new Measurement(installation, System.nanoTime(), Children.processorTime(), work);
    }

    /** What has been done since then. */
    Cost end() throws IOException {
        Duration took = Duration.ofNanos(System.nanoTime() - time);
        return new Cost(
                took,
                Children.processorTime().minus(processor),
                installation.work().since(work));
    }
}
