package dev.idem.testing.linear;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Searches for a sequential order of calls in which a specification gives each call its actual result. A call that
 * ended before another began precedes it (Wing and Gong, "Testing and verifying concurrent objects", 1993). Failed
 * partial orders are remembered and not tried again (Lowe, "Testing for linearizability", 2017). For one thread.
 *
 * @param <S> a state, immutable, with a meaningful {@code equals}
 * @param <O> an operation
 * @param <R> a result
 */
final class Linearization<S, O, R> {
    private final List<Call<O, R>> calls;
    private final BiFunction<S, O, Next<S, R>> specification;
    private final Set<Point<S>> deadEnds = new HashSet<>();

    private Linearization(List<Call<O, R>> calls, BiFunction<S, O, Next<S, R>> specification) {
        if (calls.size() >= Long.SIZE) {
            throw new IllegalArgumentException("at most 63 calls, not " + calls.size());
        }
        this.calls = calls;
        this.specification = specification;
    }

    /**
     * A completed call.
     *
     * @param begin a time before it could take effect, on any clock that all calls share
     * @param end a time after it had taken effect
     */
    record Call<O, R>(O operation, R result, long begin, long end) {}

    /** The specification's result of an operation. */
    record Next<S, R>(S state, R result) {}

    /** @param done the calls already placed, one bit for each */
    private record Point<S>(long done, S state) {}

    static <S, O, R> boolean exists(List<Call<O, R>> calls, S initial, BiFunction<S, O, Next<S, R>> specification) {
        return new Linearization<>(calls, specification).leadsToTheEnd(new Point<>(0, initial));
    }

    private boolean leadsToTheEnd(Point<S> point) {
        if (Long.bitCount(point.done()) == calls.size()) {
            return true;
        }
        if (deadEnds.contains(point)) {
            return false;
        }
        for (int i = 0; i < calls.size(); i++) {
            if (mayComeNext(i, point.done()) && explains(i, point)) {
                return true;
            }
        }
        deadEnds.add(point);
        return false;
    }

    private boolean explains(int i, Point<S> point) {
        Call<O, R> call = calls.get(i);
        Next<S, R> next = specification.apply(point.state(), call.operation());
        return next.result().equals(call.result()) && leadsToTheEnd(new Point<>(point.done() | 1L << i, next.state()));
    }

    private boolean mayComeNext(int i, long done) {
        if (isDone(i, done)) {
            return false;
        }
        for (int other = 0; other < calls.size(); other++) {
            if (!isDone(other, done) && calls.get(other).end() < calls.get(i).begin()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDone(int i, long done) {
        return (done >> i & 1) == 1;
    }
}
