package dev.idem.dropwizard.body;

import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.memory.ByteAccumulator;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/** Reads a request's body up to a limit, and leaves the resource a stream of all its bytes. */
public final class BodyBuffer {
    private BodyBuffer() {}

    /**
     * Reads a body.
     *
     * @return empty if the body is larger than {@code limit} bytes; then little more than that was read
     * @throws BodyMemoryExhaustedException if the body memory is full; the resource still gets all bytes
     */
    public static Optional<byte[]> read(ContainerRequestContext request, long limit, BodyReservation reservation)
            throws IOException {
        if (request.getLength() > limit) {
            return Optional.empty();
        }
        if (!reservation.couldTake(request.getLength())) {
            throw new BodyMemoryExhaustedException();
        }
        InputStream entity = request.getEntityStream();
        ByteAccumulator read = new ByteAccumulator(reservation::grow, request.getLength());
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
