package dev.idem.chaos.run;

import dev.idem.chaos.history.Fault;
import dev.idem.chaos.history.History;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes one fault after the other, repairs each, and writes them down.
 *
 * @param restLeast the shortest time between two faults
 * @param restMost the longest
 */
record Nemesis(History history, Duration restLeast, Duration restMost) {

    /** Returns once the run has ended and the last fault is repaired. */
    void rage(Supplier<Strike> strikes, SplittableRandom random, CountDownLatch ended) throws InterruptedException {
        while (!ended.await(random.nextLong(restLeast.toMillis(), restMost.toMillis()), TimeUnit.MILLISECONDS)) {
            strike(strikes.get(), ended);
        }
    }

    private void strike(Strike strike, CountDownLatch ended) throws InterruptedException {
        Duration begin = history.now();
        strike.hit().run();
        try {
            awaitRepair(strike.lasts(), ended);
        } finally {
            strike.heal().run();
            history.add(new Fault(strike.kind(), strike.node(), begin, history.now()));
        }
    }

    /** The end of the run repairs early. */
    private static void awaitRepair(Duration lasts, CountDownLatch ended) throws InterruptedException {
        var unused = ended.await(lasts.toMillis(), TimeUnit.MILLISECONDS);
    }
}
