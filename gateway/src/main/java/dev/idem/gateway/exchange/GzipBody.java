package dev.idem.gateway.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;

/**
 * What a body says that is kept as gzip (RFC 1952). However much that is, no more of it is in memory at a time than a buffer holds.
 */
final class GzipBody {
    private final byte[] compressed;

    /** @param compressed as it is kept; not copied */
    GzipBody(byte[] compressed) {
        this.compressed = compressed;
    }

    /**
     * Reads it to its end, so that nothing of it is given if it is damaged.
     *
     * @return how many bytes it has
     * @throws IOException if it is no gzip, damaged or cut short
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
