package dev.idem.redis.recovery;

import dev.idem.redis.script.RedisScan;
import org.jspecify.annotations.Nullable;

/**
 * Where a scan continues, and on which run of the server. Immutable.
 *
 * @param run the server's {@code run_id}; empty if the server may not tell it, and where no cursor of a server is needed
 * @param bucket the bucket and a colon if this is a position in a cluster, else empty
 * @param cursor the cursor of SCAN, 0 at the beginning
 */
record ScanPosition(String run, String bucket, String cursor) {
    private static final String BEGIN = "0";

    /**
     * @param cursor a cursor of {@link RedisScan}
     */
    static ScanPosition of(String run, String cursor) {
        int inBucket = cursor.indexOf(':') + 1;
        return new ScanPosition(run, cursor.substring(0, inBucket), cursor.substring(inBucket));
    }

    /** @throws IllegalArgumentException if the text is not one of {@link #text()} */
    static ScanPosition parse(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("not a position of this scan");
        }
        return of(parts[0], parts[1]);
    }

    String text() {
        return run + ' ' + bucket + cursor;
    }

    /** As a cursor of {@link RedisScan}; null at the beginning of everything, which is the same on a server and in a cluster. */
    @Nullable
    String forScan() {
        return bucket.isEmpty() && cursor.equals(BEGIN) ? null : bucket + cursor;
    }

    /** The number of the bucket to be scanned; 0 on a single server. */
    int bucketNumber() {
        return bucket.isEmpty() ? 0 : Integer.parseInt(bucket.substring(0, bucket.length() - 1));
    }

    /** Whether this run of a server can continue here. Each can begin. */
    boolean isValidOn(String server) {
        return cursor.equals(BEGIN) || run.equals(server);
    }

    /** The beginning of the server's records; in a cluster, of the bucket, since the earlier ones have been read. */
    ScanPosition again() {
        return new ScanPosition("", bucket, BEGIN);
    }
}
