package dev.idem.dropwizard.filter;

import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.memory.ByteAccumulator;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/** Reads a request's body up to a limit, and leaves the resource a stream of the same bytes, however many there are. */
final class BodyBuffer {
    private BodyBuffer() {}

    /**
     * @return empty when the body is larger than {@code limit} bytes; then little more than that was read ahead
     * @throws BodyMemoryExhaustedException if there is no room for it; what was read is left to the resource all the same
     */
    static Optional<byte[]> read(ContainerRequestContext request, long limit, BodyReservation room) throws IOException {
        if (request.getLength() > limit) {
            return Optional.empty();
        }
        if (!room.couldTake(request.getLength())) {
            throw new BodyMemoryExhaustedException();
        }
        InputStream entity = request.getEntityStream();
        ByteAccumulator read = new ByteAccumulator(room::grow, request.getLength());
        boolean more = true;
        while (more && read.size() <= limit && !read.isRefused()) {
            more = read.addFrom(entity);
        }
        byte[] body = read.toByteArray();
        if (more) {
            request.setEntityStream(new SequenceInputStream(new ByteArrayInputStream(body), entity));
            if (body.length > limit) {
                return Optional.empty();
            }
            throw new BodyMemoryExhaustedException();
        }
        UnreadBodyListener.wasReadToItsEnd(request);
        request.setEntityStream(new ByteArrayInputStream(body));
        return body.length > limit ? Optional.empty() : Optional.of(body);
    }
}
