package dev.idem.http.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Collects bytes in pieces. It allocates at most twice what it holds, and never copies in order to grow. Not thread-safe.
 */
public final class ByteAccumulator {
    private static final int SMALLEST = 512;
    private static final int LARGEST = 64 << 10;
    private static final int SHORT = 8 << 10;

    private final LongPredicate reserve;
    private final long expected;
    private final List<byte[]> full = new ArrayList<>(0);
    private byte[] last = {};
    private int used;
    private int size;
    private long taken;
    private boolean refused;

    /** For bytes whose memory is reserved elsewhere. */
    public ByteAccumulator() {
        this(bytes -> true, -1);
    }

    /**
     * @param reserve called before memory is allocated, with its new total in bytes; returns false if there is not enough
     * @param expected the announced length; negative for unknown
     */
    public ByteAccumulator(LongPredicate reserve, long expected) {
        this.reserve = reserve;
        this.expected = expected;
    }

    /** Adds bytes, even if their memory could not be reserved. */
    public void add(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (used == last.length) {
                another(bytes.remaining());
            }
            int length = Math.min(last.length - used, bytes.remaining());
            bytes.get(last, used, length);
            used += length;
            size += length;
        }
    }

    /** The same. */
    public void add(byte[] bytes, int offset, int length) {
        add(ByteBuffer.wrap(bytes, offset, length));
    }

    /**
     * Adds what one read returns.
     *
     * @return false at the end
     */
    public boolean addFrom(InputStream in) throws IOException {
        if (used == last.length && size == expected) {
            int octet = in.read(); // allocates nothing to find the end
            if (octet >= 0) {
                add(new byte[] {(byte) octet}, 0, 1);
            }
            return octet >= 0;
        }
        if (used == last.length) {
            another(1);
        }
        int length = in.read(last, used, last.length - used);
        if (length > 0) {
            used += length;
            size += length;
        }
        return length >= 0;
    }

    /** A short body of known length gets exactly what it needs; a long one grows as it arrives. */
    private void another(int atLeast) {
        if (last.length > 0) {
            full.add(last);
        }
        long left = expected - size;
        int length = Math.min(Math.max(Math.max(size, atLeast), SMALLEST), LARGEST);
        if (left > 0 && (left < length || (size == 0 && left <= SHORT))) {
            length = (int) left;
        }
        taken += length;
        refused = refused || !reserve.test(taken);
        last = new byte[length];
        used = 0;
    }

    /** Notes that there is not enough memory. */
    public ByteAccumulator refuse() {
        refused = true;
        return this;
    }

    /** Whether memory could not be reserved for all of it. */
    public boolean isRefused() {
        return refused;
    }

    /** Bytes. */
    public int size() {
        return size;
    }

    /**
     * Copies bytes that were added before.
     *
     * @param from the position of the first one, less than {@link #size}
     * @return how many were copied: at most {@code length}
     */
    public int copyTo(int from, byte[] bytes, int offset, int length) {
        int count = Math.min(length, size - from);
        System.arraycopy(toByteArray(), from, bytes, offset, count);
        return count;
    }

    /** All bytes, in an array that is not changed any more. */
    public byte[] toByteArray() {
        if (full.isEmpty() && used == last.length) {
            return last;
        }
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] piece : full) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        System.arraycopy(last, 0, all, at, used);
        full.clear();
        last = all;
        used = size;
        return all;
    }

    /** Drops all bytes. */
    public void clear() {
        full.clear();
        last = new byte[0];
        used = 0;
        size = 0;
    }

    public void writeTo(OutputStream out) throws IOException {
        for (byte[] piece : full) {
            out.write(piece);
        }
        out.write(last, 0, used);
    }
}
