package dev.idem.benchmarks.http.load;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Which requests are repeats. */
public enum KeyPattern {
    /** Each request has a new key. */
    NEW,
    /** Each request is a repeat of a completed one. */
    REPEATS,
    /** Half of the requests are repeats, in random order. */
    HALF_REPEATS,
    /** Sixteen consecutive requests for each key. */
    SIXTEEN,
    /** No request has a key, and no two have equal content. */
    NO_KEY;

    /** Repeats use orders with lower numbers. */
    public static final int ANSWERED = 1_000;

    private static final int DUPLICATES = 16;

    public boolean hasKey() {
        return this != NO_KEY;
    }

    public boolean hasRepeats() {
        return this == REPEATS || this == HALF_REPEATS;
    }

    /**
     * The numbers of the orders to send.
     *
     * @param unused gives numbers from {@link #ANSWERED} on that were never sent
     * @param seed makes the same choices each time
     */
    public LongSupplier numbers(LongSupplier unused, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return switch (this) {
            case NEW, NO_KEY -> unused;
            case REPEATS -> () -> random.nextInt(ANSWERED);
            case HALF_REPEATS -> () -> random.nextBoolean() ? random.nextInt(ANSWERED) : unused.getAsLong();
            case SIXTEEN -> new Runs(unused);
        };
    }

    private static final class Runs implements LongSupplier {
        private final LongSupplier unused;
        private long current;
        private int left;

        Runs(LongSupplier unused) {
            this.unused = unused;
        }

        @Override
        public long getAsLong() {
            if (left == 0) {
                current = unused.getAsLong();
                left = DUPLICATES;
            }
            left--;
            return current;
        }
    }
}
