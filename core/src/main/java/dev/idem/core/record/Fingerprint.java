package dev.idem.core.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The identity of a request in 32 bytes (SHA-256): equal for repeats of one request, different for different requests.
 * Immutable: the constructor and the accessor copy the array.
 */
public final class Fingerprint {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] digest;

    /** @throws IllegalArgumentException unless the digest has exactly {@value #LENGTH} bytes */
    public Fingerprint(byte[] digest) {
        if (digest.length != LENGTH) {
            throw new IllegalArgumentException("a fingerprint has " + LENGTH + " bytes, not " + digest.length);
        }
        this.digest = digest.clone();
    }

    public byte[] bytes() {
        return digest.clone();
    }

    /** The digest without a copy, read-only. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(digest).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** Lower-case hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest);
    }
}
