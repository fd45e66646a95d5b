package dev.idem.benchmarks.http.load;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Which requests are repeats. */
public enum KeyPattern {
    /** Each request has a key that nobody has used. */
    NEW,
    /** Each is a repeat of one that is answered. */
    REPEATS,
    /** One half of them, in random order. */
    HALF_REPEATS,
    /** Sixteen requests for each key, one right after the other. */
    SIXTEEN,
    /** None has a key, and no two say the same. */
    NO_KEY;

    /** Orders with lower numbers are the ones that repeats repeat. */
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
