package dev.idem.benchmarks.http.run;

import dev.idem.benchmarks.http.load.Limit;
import dev.idem.benchmarks.http.load.Pace;
import java.util.OptionalDouble;

/**
 * How a contender is asked when it is its turn.
 *
 * @param rate requests a second; empty in a closed loop
 */
record Turn(OptionalDouble rate, Limit limit) {

    static Turn closed(Limit limit) {
        return new Turn(OptionalDouble.empty(), limit);
    }

    static Turn open(double rate, Limit limit) {
        return new Turn(OptionalDouble.of(rate), limit);
    }

    Pace pace() {
        return rate.isPresent() ? Pace.open(rate.getAsDouble()) : Pace.CLOSED;
    }
}
