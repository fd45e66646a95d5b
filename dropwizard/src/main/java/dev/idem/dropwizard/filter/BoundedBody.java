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
    private BoundedBody() {}

    /** @return empty when the body is larger than {@code limit} bytes; then at most one byte more was read ahead */
    static Optional<byte[]> read(ContainerRequestContext request, long limit) throws IOException {
        if (request.getLength() > limit) {
            return Optional.empty();
        }
        InputStream entity = request.getEntityStream();
        byte[] body = entity.readNBytes(Math.toIntExact(limit));
        int more = body.length == limit ? entity.read() : -1;
        if (more >= 0) {
            byte[] ahead = Arrays.copyOf(body, body.length + 1);
            ahead[body.length] = (byte) more;
            request.setEntityStream(new SequenceInputStream(new ByteArrayInputStream(ahead), entity));
            return Optional.empty();
        }
        request.setEntityStream(new ByteArrayInputStream(body));
        return Optional.of(body);
    }
}
