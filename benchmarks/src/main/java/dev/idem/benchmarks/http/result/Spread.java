package dev.idem.benchmarks.http.result;

import java.util.Arrays;

/** What lies in the middle, and how far apart the ends are. */
public record Spread(double median, double least, double most) {

    /** @throws IllegalArgumentException if there are no values */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values have no median");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
