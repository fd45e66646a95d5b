package dev.idem.core.journal;

import java.time.Duration;

/**
 * How much a {@link Journal} holds, how much it writes at once, and how long it makes callers wait.
 *
 * @param entries how many records may have an unwritten entry
 * @param bytes about how much memory unwritten entries may take, mostly answers
 * @param batchEntries how many records one statement writes at most
 * @param batchBytes how many bytes one statement writes; a larger entry is written alone
 * @param gathering how long the first entry of a batch waits for others: a claim and its completion then often become
 *     one entry, and one statement writes many
 * @param patience how long a caller waits for capacity before its entry is dropped
 * @param drain how long closing may take to write the remaining entries
 */
public record JournalLimits(
        int entries,
        long bytes,
        int batchEntries,
        long batchBytes,
        Duration gathering,
        Duration patience,
        Duration drain) {

    private static final long LARGEST_BATCH = 4L << 20;

    /** A batch is an eighth of a small journal. While it is written, it exists three times. */
    private static final long BATCHES = 8;

    private static final long COPIES_OF_A_BATCH = 2;

    /** The limits of a process with a large heap. */
    public static final JournalLimits DEFAULT = within(64L << 20);

    /**
     * The usual limits of a journal with this much memory. Dropped entries can be copied from Redis, but a process
     * without memory cannot recover.
     *
     * @param bytes for entries, and for the copies of a batch that is being written
     */
    public static JournalLimits within(long bytes) {
        long batch = Math.max(1, Math.min(LARGEST_BATCH, bytes / BATCHES));
        return new JournalLimits(
                10_000,
                Math.max(1, bytes - COPIES_OF_A_BATCH * batch),
                1_000,
                batch,
                Duration.ofMillis(5),
                Duration.ofMillis(250),
                Duration.ofSeconds(10));
    }

    /** @throws IllegalArgumentException naming the invalid limit */
    public JournalLimits {
        requirePositive("entries", entries);
        requirePositive("bytes", bytes);
        requirePositive("batchEntries", batchEntries);
        requirePositive("batchBytes", batchBytes);
        requireNotNegative("gathering", gathering);
        requireNotNegative("patience", patience);
        requireNotNegative("drain", drain);
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is at least zero, not " + value);
        }
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is at least 1, not " + value);
        }
    }
}
