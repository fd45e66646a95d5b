package dev.idem.chaos.run;

import dev.idem.chaos.history.Exchange;
import dev.idem.chaos.history.Exchange.Round;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Sends a request, and the same again to the next node, until it has a final answer.
 *
 * @param number tells it from the other clients of the key
 * @param patience after which it gives up
 */
record PersistentClient(Courier courier, int number, Duration patience) {
    private static final int PAUSE_LEAST_MS = 50;
    private static final int PAUSE_MOST_MS = 250;

    /** @return whether there was a final answer */
    boolean ask(Item item, Round round, int firstNode, SplittableRandom random) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (int node = firstNode; System.nanoTime() < deadline; node = (node + 1) % courier.nodes()) {
            Exchange exchange = courier.send(item, round, number, node);
            if (exchange.reply() != null && exchange.reply().isFinal()) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_LEAST_MS, PAUSE_MOST_MS));
        }
        return false;
    }
}
