package dev.idem.chaos.node;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long a request takes: as its client wants, or else the same for the same key and attempt. Not thread-safe. */
final class ThinkTime {
    /** The header with which a client wants each step to take so many milliseconds. */
    static final String HEADER = "X-Think";

    private static final int USUALLY_AT_MOST_MS = 16;
    private static final int SLOW_ONE_OF = 40;
    private static final int SLOW_LEAST_MS = 600;
    private static final int SLOW_MOST_MS = 2_000;

    private final SplittableRandom random;
    private final @Nullable Integer wanted;
    private final boolean slow;

    ThinkTime(UUID key, int attempt, @Nullable Integer wanted) {
        this.wanted = wanted;
        this.random = new SplittableRandom(key.getLeastSignificantBits() + attempt);
        this.slow = random.nextInt(SLOW_ONE_OF) == 0;
    }

    /** Called before and after the effect: a slow request of two steps needs heartbeats. */
    void think() throws InterruptedException {
        int ms = slow ? random.nextInt(SLOW_LEAST_MS, SLOW_MOST_MS) : random.nextInt(USUALLY_AT_MOST_MS);
        TimeUnit.MILLISECONDS.sleep(wanted == null ? ms : wanted);
    }
}
