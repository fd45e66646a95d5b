package dev.idem.core.window;

import java.time.Duration;

/**
 * How late a caller's repeats come, estimated as TCP estimates a round trip (RFC 6298, section 2): a smoothed mean plus
 * four mean deviations as a safety margin.
 *
 * @param mean nanoseconds
 * @param deviation nanoseconds
 * @param at when the last repeat arrived, nanoseconds
 */
record RepeatDelays(double mean, double deviation, long at) {
    private static final double GAIN = 1.0 / 8;
    private static final double DEVIATION_GAIN = 1.0 / 4;
    private static final int DEVIATIONS = 4;

    static RepeatDelays first(double late, long now) {
        return new RepeatDelays(late, late / 2, now);
    }

    RepeatDelays with(double late, long now) {
        return new RepeatDelays(
                (1 - GAIN) * mean + GAIN * late,
                (1 - DEVIATION_GAIN) * deviation + DEVIATION_GAIN * Math.abs(mean - late),
                now);
    }

    /** The part above the floor is halved in each half-life. */
    Duration expected(Duration floor, long now) {
        double above = mean + DEVIATIONS * deviation - floor.toNanos();
        double left = Math.pow(2, -(double) (now - at) / AdaptiveWindow.HALF_LIFE.toNanos());
        return floor.plusNanos((long) Math.max(0, above * left));
    }
}
