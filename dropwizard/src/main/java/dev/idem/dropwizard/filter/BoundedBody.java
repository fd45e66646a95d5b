package dev.idem.dropwizard.filter;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Optional;

/** Reads a request's body up to a limit, and leaves the resource a stream of the same bytes, however many there are. */
final class BoundedBody {
    private static final int SHORT = 8 * 1024;
    private static final byte[] NOTHING = {};

    private BoundedBody() {}

    /** @return empty when the body is larger than {@code limit} bytes; then at most one byte more was read ahead */
    static Optional<byte[]> read(ContainerRequestContext request, long limit) throws IOException {
        if (request.getLength() > limit) {
            return Optional.empty();
        }
        InputStream entity = request.getEntityStream();
        int most = Math.toIntExact(limit);
        byte[] body = entity.readNBytes(expected(request.getLength(), most));
        int more = entity.read();
        if (more >= 0 && body.length < most) {
            // Longer than was said, as what was decoded on its way may be.
            body = append(body, more, entity.readNBytes(most - body.length - 1));
            more = entity.read();
        }
        if (more >= 0) {
            byte[] ahead = append(body, more, NOTHING);
            request.setEntityStream(new SequenceInputStream(new ByteArrayInputStream(ahead), entity));
            return Optional.empty();
        }
        UnreadBody.wasReadToItsEnd(request);
        request.setEntityStream(new ByteArrayInputStream(body));
        return Optional.of(body);
    }

    /** A short body is read into an array of its own length; for a long one a sender must do more than say how long it is. */
    private static int expected(int declared, int most) {
        return declared >= 0 && declared <= SHORT ? Math.min(declared, most) : most;
    }

    private static byte[] append(byte[] begin, int octet, byte[] rest) {
        byte[] all = Arrays.copyOf(begin, begin.length + 1 + rest.length);
        all[begin.length] = (byte) octet;
        System.arraycopy(rest, 0, all, begin.length + 1, rest.length);
        return all;
    }
}
