package dev.idem.ops.scale;

import java.time.Duration;

/** What one row of the table has cost at one size. */
record Cost(Duration time, Work work) {

    boolean isAtMost(double factor, Cost other, boolean timed) {
        return work.isAtMost(factor, other.work) && (!timed || time.toMillis() <= factor * other.time.toMillis());
    }

    static Cost quicker(Cost one, Cost other) {
        return one.time.compareTo(other.time) <= 0 ? one : other;
    }

    @Override
    public String toString() {
        return String.format(
                "%.1f s (%,d commands, %,d kB, %,d blocks)",
                time.toMillis() / 1e3, work.commands(), work.bytes() / 1_000, work.blocks());
    }
}
