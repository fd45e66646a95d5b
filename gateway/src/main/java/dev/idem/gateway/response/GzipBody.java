package dev.idem.gateway.response;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;

/**
 * The content of a body that is stored as gzip (RFC 1952). No more of it is in memory at a time than a buffer holds.
 */
final class GzipBody {
    private final byte[] compressed;

    /** @param compressed the stored bytes; not copied */
    GzipBody(byte[] compressed) {
        this.compressed = compressed;
    }

    /**
     * Reads the body to its end, so that a damaged one is found before any of it is sent.
     *
     * @return the number of bytes it has
     * @throws IOException if it is not gzip, damaged or cut short
     */
    long length() throws IOException {
        try (InputStream decoded = open()) {
            return decoded.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** @throws IOException if it does not begin as gzip does */
    InputStream open() throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(compressed), Math.min(compressed.length, 8 << 10));
    }
}
