package dev.idem.core.budget;

/**
 * How many bytes each part may use. The parts but the near cache together are {@code total}; the near cache borrows
 * from them.
 *
 * @param total the whole budget
 * @param bodies requests and answers in flight
 * @param nearCache at most this many bytes, and no more than the other parts leave unused; 0 for none
 */
public record MemoryShares(long total, long bodies, long nearCache) {
    /** A small process has about this much on its heap before its first request. */
    private static final long RESERVE = 48L << 20;

    private static final long LARGEST_JOURNAL = 64L << 20;
    private static final long LARGEST_COPIES = 32L << 20;

    /** Of what bodies leave, a fifth is for copies, and two fifths each for the journal and the memory store. */
    private static final int FIFTHS = 5;

    /** @throws IllegalArgumentException if bodies leave nothing for the other parts, or the near cache exceeds the total */
    public MemoryShares {
        if (bodies <= 0 || bodies > mostBodies(total)) {
            throw new IllegalArgumentException("bodies must be more than 0 and at most " + mostBodies(total)
                    + " bytes of " + total + ", not " + bodies);
        }
        if (nearCache < 0 || nearCache > total) {
            throw new IllegalArgumentException("the near cache must have 0 to " + total + " bytes, not " + nearCache);
        }
    }

    /** The usual shares of a budget, without a near cache. */
    public static MemoryShares of(long total) {
        return new MemoryShares(total, total / 2, 0);
    }

    /** @param bytes of the near cache; 0 for none */
    public MemoryShares withNearCache(long bytes) {
        return new MemoryShares(total, bodies, bytes);
    }

    /**
     * The usual budget of a process: half of the heap beyond the first 48 MiB, and a quarter of a very small heap. The
     * other half is for the copies of an answer on its way to a store, and for what a garbage collector cannot use.
     *
     * @param heap the largest size of the heap, bytes
     */
    public static long usualTotal(long heap) {
        return Math.max(heap / 4, (heap - RESERVE) / 2);
    }

    /** The largest share for bodies: three quarters. */
    public static long mostBodies(long total) {
        return total / 4 * 3;
    }

    /** What the part may use, bytes. */
    public long limit(MemoryPart part) {
        long rest = total - bodies;
        long copies = Math.min(rest / FIFTHS, LARGEST_COPIES);
        long journal = Math.min(rest / FIFTHS * 2, LARGEST_JOURNAL);
        return switch (part) {
            case BODIES -> bodies;
            case JOURNAL -> journal;
            case MEMORY_STORE -> rest - journal - copies;
            case COPIES -> copies;
            case NEAR_CACHE -> nearCache;
        };
    }
}
