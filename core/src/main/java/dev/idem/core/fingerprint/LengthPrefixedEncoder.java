package dev.idem.core.fingerprint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Concatenates parts, each with its length before it, so that two different lists never produce the same bytes. */
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
