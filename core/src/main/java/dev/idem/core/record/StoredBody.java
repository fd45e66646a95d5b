package dev.idem.core.record;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;

/**
 * A body as it is kept: as it is, or compressed by Zstandard (RFC 8878). Equal are those that are the same when they are read, however they
 * are kept. Immutable, as long as nobody writes into the arrays that it was made of and has given.
 */
public final class StoredBody {
    /** The library's default; not asked of it, since then it would be loaded where nothing is compressed. */
    private static final int LEVEL = 3;

    /** More is never kept, whatever a store's bytes say, bytes. */
    private static final int LONGEST = 64 << 20;

    private final byte[] kept;
    private final int length;
    private final boolean compressed;

    private StoredBody(byte[] kept, int length, boolean compressed) {
        this.kept = kept;
        this.length = length;
        this.compressed = compressed;
    }

    /** @param bytes kept as they are, and not copied */
    public static StoredBody of(byte[] bytes) {
        return new StoredBody(bytes, bytes.length, false);
    }

    /** @param bytes kept as they are, if they are no shorter when they are compressed */
    public static StoredBody compressed(byte[] bytes) {
        byte[] shorter = Zstd.compress(bytes, LEVEL);
        return shorter.length < bytes.length ? new StoredBody(shorter, bytes.length, true) : of(bytes);
    }

    /**
     * What {@link #compressed(byte[])} has kept, and is kept on: who reads a record may well write it into the other store.
     *
     * @param length of the bytes that were compressed
     * @throws IllegalArgumentException if this is not what it says; then no memory was taken for its length
     */
    public static StoredBody ofCompressed(byte[] kept, int length) {
        if (length < 0 || length > LONGEST || kept.length == 0 || Zstd.getFrameContentSize(kept) != length) {
            throw new IllegalArgumentException("the body of a stored answer does not have the length that it should");
        }
        byte[] unused = decompressed(kept, length); // what is damaged is refused here, and not when it is to be given
        return new StoredBody(kept, length, true);
    }

    private static byte[] decompressed(byte[] kept, int length) {
        try {
            byte[] bytes = Zstd.decompress(kept, length);
            if (bytes.length == length) {
                return bytes;
            }
        } catch (ZstdException e) {
            throw new IllegalArgumentException("the body of a stored answer cannot be decompressed", e);
        }
        throw new IllegalArgumentException("the body of a stored answer is cut short");
    }

    /**
     * Loads what compresses, which is native code.
     *
     * @throws IllegalStateException if there is none for this platform, or no place to put it
     */
    public static void loadCompression() {
        try {
            StoredBody unused = compressed(new byte[0]);
        } catch (LinkageError e) {
            throw new IllegalStateException("zstd-jni cannot be loaded here: " + e.getMessage(), e);
        }
    }

    public boolean isCompressed() {
        return compressed;
    }

    /** What is kept, which may be compressed. */
    public byte[] kept() {
        return kept;
    }

    /** Of the body itself, bytes. */
    public int length() {
        return length;
    }

    /** The body itself. */
    public byte[] bytes() {
        return compressed ? decompressed(kept, length) : kept;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredBody that && length == that.length && Arrays.equals(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    /** Its sizes only: bodies are the users' data. */
    @Override
    public String toString() {
        return compressed ? length + " bytes, kept in " + kept.length : length + " bytes";
    }
}
