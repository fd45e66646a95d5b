package dev.idem.ops.scale;

import java.time.Duration;

/**
 * What one row of the table has cost at one size.
 *
 * @param processor the processor time of the program, which another program on the machine does not change much; zero if unknown
 */
record Cost(Duration time, Duration processor, Work work) {

    boolean isAtMost(double factor, Cost other, boolean timed) {
        return work.isAtMost(factor, other.work)
                && (!timed || processor.toMillis() <= factor * other.processor.toMillis());
    }

    static Cost cheaper(Cost one, Cost other) {
        return one.processor.compareTo(other.processor) <= 0 ? one : other;
    }

    @Override
    public String toString() {
        return String.format(
                "%.1f s, %.1f s of a processor (%,d commands, %,d kB, %,d blocks)",
                time.toMillis() / 1e3,
                processor.toMillis() / 1e3,
                work.commands(),
                work.bytes() / 1_000,
                work.blocks());
    }
}
