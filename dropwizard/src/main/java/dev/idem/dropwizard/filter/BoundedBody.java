package dev.idem.dropwizard.filter;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a request's body whole, up to a limit, and leaves the resource a stream of the same bytes. */
final class BoundedBody {
    private BoundedBody() {}

    /** @return empty when the body is larger than {@code limit} bytes; then at most one byte more was read */
    static Optional<byte[]> read(ContainerRequestContext request, long limit) throws IOException {
        if (request.getLength() > limit) {
            return Optional.empty();
        }
        InputStream entity = request.getEntityStream();
        byte[] body = entity.readNBytes(Math.toIntExact(limit));
        if (body.length == limit && entity.read() >= 0) {
            return Optional.empty();
        }
        request.setEntityStream(new ByteArrayInputStream(body));
        return Optional.of(body);
    }
}
