package dev.idem.admin.output;

import java.time.Duration;

/** A duration in the two largest units that say something: {@code 850ms}, {@code 12s}, {@code 3m 12s}, {@code 2d 4h}. */
public final class HumanDuration {
    private HumanDuration() {}

    /** Nothing is negative. */
    public static String of(Duration duration) {
        if (duration.isNegative()) {
            return "0s";
        }
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + "ms";
        }
        if (duration.toMinutes() < 1) {
            return duration.toSeconds() + "s";
        }
        if (duration.toHours() < 1) {
            return duration.toMinutes() + "m " + duration.toSecondsPart() + "s";
        }
        if (duration.toDays() < 1) {
            return duration.toHours() + "h " + duration.toMinutesPart() + "m";
        }
        return duration.toDays() + "d " + duration.toHoursPart() + "h";
    }
}
