package dev.idem.service.body;

import dev.idem.dropwizard.problem.UnreadableBodyException;
import dev.idem.http.problem.ProblemType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** A gzip body, decoded while it is read. Reading fails if it is truncated or not gzip. */
final class GzipRequestStream extends InputStream {
    private static final int BUFFER = 8 * 1024;

    private final InputStream coded;
    private @Nullable InputStream decoded;

    GzipRequestStream(InputStream coded) {
        this.coded = coded;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (decoded == null) {
                decoded = new GZIPInputStream(coded, BUFFER);
            }
            return decoded.read(bytes, offset, length);
        } catch (EOFException | ZipException e) {
            throw new UnreadableBodyException(
                    ProblemType.INVALID_REQUEST, "The body is incomplete, or is not gzip as Content-Encoding says.");
        }
    }

    @Override
    public void close() throws IOException {
        if (decoded == null) {
            coded.close();
        } else {
            decoded.close(); // releases native memory, too
        }
    }
}
