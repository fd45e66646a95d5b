package dev.idem.core.record.answer;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;

/**
 * A body as stored: unchanged, or compressed by Zstandard (RFC 8878). Two are equal if their decompressed bytes are
 * equal. Immutable, as long as nobody writes to the arrays that it was made from or has returned.
 */
public final class StoredBody {
    /**
     * The library's default level. Reading it from the library would load native code even where nothing is compressed.
     */
    private static final int LEVEL = 3;

    /** The longest body, in bytes, whatever length a store's bytes claim. */
    private static final int LONGEST = 64 << 20;

    private final byte[] kept;
    private final int length;
    private final boolean compressed;

    private StoredBody(byte[] kept, int length, boolean compressed) {
        this.kept = kept;
        this.length = length;
        this.compressed = compressed;
    }

    /** @param bytes stored unchanged, and not copied */
    public static StoredBody of(byte[] bytes) {
        return new StoredBody(bytes, bytes.length, false);
    }

    /** @param bytes stored unchanged if compression does not make them shorter */
    public static StoredBody compressed(byte[] bytes) {
        byte[] shorter = Zstd.compress(bytes, LEVEL);
        return shorter.length < bytes.length ? new StoredBody(shorter, bytes.length, true) : of(bytes);
    }

    /**
     * Wraps bytes that {@link #compressed(byte[])} has compressed, and keeps them compressed: a reader of a record may
     * write it to the other store.
     *
     * @param length length of the bytes before compression
     * @throws IllegalArgumentException if the bytes are invalid or have another length; no memory was allocated for
     *     that length
     */
    public static StoredBody ofCompressed(byte[] kept, int length) {
        if (length < 0 || length > LONGEST || kept.length == 0 || Zstd.getFrameContentSize(kept) != length) {
            throw new IllegalArgumentException("the body of a stored answer does not have the length that it should");
        }
        byte[] unused = decompressed(kept, length); // refuses damaged bytes here, not when they are replayed
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
     * Loads the compression library, which is native code.
     *
     * @throws IllegalStateException if there is none for this platform, or no directory to extract it to
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

    /** The stored bytes, which may be compressed. */
    public byte[] kept() {
        return kept;
    }

    /** The length of the body itself, in bytes. */
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

    /** Only its sizes: bodies are the users' data. */
    @Override
    public String toString() {
        return compressed ? length + " bytes, kept in " + kept.length : length + " bytes";
    }
}
