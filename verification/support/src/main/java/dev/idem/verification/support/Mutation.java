package dev.idem.verification.support;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** What a broken disk, a broken program or a malicious client makes of bytes. */
public final class Mutation {
    private static final int[] LIMITS = {
        -1, 0, 1, 0x7fff, 0xffff, 0x10000, 0x00ffffff, Integer.MAX_VALUE, Integer.MIN_VALUE
    };

    private Mutation() {}

    /** The same bytes after one to four accidents. */
    public static byte[] of(byte[] whole, Random random) {
        byte[] bytes = whole;
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            bytes = accident(bytes, random);
        }
        return bytes;
    }

    /** Random bytes, at most {@code maxLength}. */
    public static byte[] noise(int maxLength, Random random) {
        byte[] bytes = new byte[random.nextInt(maxLength + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] accident(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(bytes.length - from + 1);
        return switch (random.nextInt(6)) {
            case 0 -> bitFlipped(bytes, random);
            case 1 -> Arrays.copyOf(bytes, from);
            case 2 -> replaced(bytes, from, from, noise(8, random));
            case 3 -> replaced(bytes, from, to, new byte[0]);
            case 4 -> replaced(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
            default -> replaced(bytes, from, Math.min(bytes.length, from + Integer.BYTES), limit(random));
        };
    }

    private static byte[] bitFlipped(byte[] bytes, Random random) {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return flipped;
    }

    /** A number that is no length of anything here. */
    private static byte[] limit(Random random) {
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt(LIMITS[random.nextInt(LIMITS.length)])
                .array();
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        return ByteBuffer.allocate(bytes.length - (to - from) + by.length)
                .put(bytes, 0, from)
                .put(by)
                .put(bytes, to, bytes.length - to)
                .array();
    }
}
