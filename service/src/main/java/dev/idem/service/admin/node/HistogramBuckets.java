package dev.idem.service.admin.node;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A histogram.
 *
 * @param bounds the upper bounds, in seconds, ascending; the last is infinite
 * @param counts the number of values between each bound and the one before it
 */
record HistogramBuckets(List<Double> bounds, List<Long> counts) {
    HistogramBuckets {
        bounds = List.copyOf(bounds);
        counts = List.copyOf(counts);
    }

    static HistogramBuckets of(ClassicHistogramBuckets buckets) {
        return new HistogramBuckets(
                buckets.stream().map(ClassicHistogramBucket::getUpperBound).toList(),
                buckets.stream().map(ClassicHistogramBucket::getCount).toList());
    }

    /** The values since an earlier state of this histogram, which has the same bounds. */
    HistogramBuckets since(HistogramBuckets before) {
        return new HistogramBuckets(
                bounds,
                IntStream.range(0, counts.size())
                        .mapToObj(i -> counts.get(i) - before.counts.get(i))
                        .toList());
    }

    long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The quantile of a part of all values, in seconds, interpolated linearly within its bucket. Beyond the last finite bound it
     * is that bound. Empty if there are no values.
     *
     * @param part 0 to 1
     */
    OptionalDouble quantile(double part) {
        double rank = part * total();
        double below = 0;
        double lower = 0;
        for (int i = 0; i < counts.size() && rank > 0; i++) {
            double upper = bounds.get(i);
            if (below + counts.get(i) >= rank) {
                return OptionalDouble.of(
                        Double.isInfinite(upper) ? lower : lower + (upper - lower) * (rank - below) / counts.get(i));
            }
            below += counts.get(i);
            lower = upper;
        }
        return OptionalDouble.empty();
    }
}
