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

    /**
     * In a small heap an eighth of it: dropped entries can be copied from Redis, but a process without memory cannot
     * recover.
     */
    public static final JournalLimits DEFAULT = new JournalLimits(
            10_000,
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8),
            1_000,
            4L << 20,
            Duration.ofMillis(5),
            Duration.ofMillis(250),
            Duration.ofSeconds(10));

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
