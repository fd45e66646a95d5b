package dev.idem.benchmarks.http.result;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * One contender under one scene, round by round.
 *
 * @param rate requests a second; empty in a closed loop
 * @param samples in the order of the rounds
 */
public record Series(Scene scene, OptionalDouble rate, String group, String name, List<Sample> samples) {

    public Series {
        samples = List.copyOf(samples);
    }

    public Loop loop() {
        return rate.isPresent() ? Loop.OPEN : Loop.CLOSED;
    }

    /** Something of all rounds. */
    public Spread spread(ToDoubleFunction<Sample> value) {
        return Spread.of(samples.stream().mapToDouble(value).toArray());
    }

    /** Something of all rounds, each divided by what the other had in the same round. */
    public Spread ratio(Series other, ToDoubleFunction<Sample> value) {
        double[] ratios = new double[Math.min(samples.size(), other.samples.size())];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = value.applyAsDouble(samples.get(round)) / value.applyAsDouble(other.samples.get(round));
        }
        return Spread.of(ratios);
    }
}
