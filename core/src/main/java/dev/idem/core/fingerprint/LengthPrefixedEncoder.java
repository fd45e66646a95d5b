package dev.idem.core.fingerprint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Puts parts one after the other, each with its length before it, so that no two lists of parts make the same bytes. */
final class LengthPrefixedEncoder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(byte[] part) {
        bytes.writeBytes(lengthOf(part));
        bytes.writeBytes(part);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    static byte[] lengthOf(byte[] part) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array();
    }
}
