package dev.idem.dropwizard.servlet;

import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.memory.BodyReservation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, kept as it is read, so that the claim and the method get what a filter has read before them. Nothing is
 * read before somebody asks for it. What is kept counts against the body memory. Its readers follow one another; not thread-safe.
 */
public final class BodyRecording {
    private static final String PROPERTY = BodyRecording.class.getName();

    private final ContainerRequestContext request;
    private final BodyMemory memory;
    private final KeptBytes bytes;
    private final RecordedStream entity;
    private final RecordedStream servlet;
    private @Nullable HttpServletRequest received;
    private @Nullable BodyReservation reservation;

    private BodyRecording(ContainerRequestContext request, BodyMemory memory, long most) {
        this.request = request;
        this.memory = memory;
        InputStream source =
                ParsedForm.of(request).or(() -> ReceivedParts.written(request)).orElseGet(request::getEntityStream);
        this.bytes = new KeptBytes(source, this::reservation, request.getLength(), most);
        this.entity = new RecordedStream(bytes);
        this.servlet = new RecordedStream(bytes);
    }

    /**
     * Records from here on.
     *
     * @param most bytes; a longer body is not kept
     */
    public static BodyRecording begin(ContainerRequestContext request, BodyMemory memory, long most) {
        BodyRecording begun = new BodyRecording(request, memory, most);
        request.setEntityStream(begun.entity);
        request.setProperty(PROPERTY, begun);
        return begun;
    }

    /** Empty for a request of an application without the bundle. */
    public static Optional<BodyRecording> of(ContainerRequestContext request) {
        return Optional.ofNullable((BodyRecording) request.getProperty(PROPERTY));
    }

    /** Decodes or watches a body for all who read it, the claim among them. A filter's own replacement is for those after it. */
    public static void readThrough(ContainerRequestContext request, UnaryOperator<InputStream> reader) {
        if (of(request).filter(recording -> recording.bytes.readThrough(reader)).isEmpty()) {
            request.setEntityStream(reader.apply(request.getEntityStream()));
        }
    }

    /** For the bodies of the request and of its answer; released at the request's end. */
    public BodyReservation reservation() {
        BodyReservation open = reservation;
        if (open == null) {
            open = begin(memory.reservation());
            reservation = open;
        }
        return open;
    }

    private BodyReservation begin(BodyReservation begun) {
        RequestEnd.then(request, () -> {
            bytes.forget();
            begun.release();
        });
        return begun;
    }

    /**
     * The whole body. Reads what nobody has read yet.
     *
     * @return empty if it is larger than {@code limit} bytes; then little more than that was read
     * @throws BodyMemoryExhaustedException if the body memory is full, or was when a filter read the body
     * @throws IllegalStateException if a servlet filter has consumed the body
     */
    public Optional<byte[]> all(long limit) throws IOException {
        Optional<byte[]> all = bytes.all(limit);
        if (all.isPresent() && all.get().length == 0) {
            requireNoneElsewhere();
        }
        return all;
    }

    /** Two requests with different bodies would look equal. A body in a coding may decode to nothing. */
    private void requireNoneElsewhere() {
        boolean isCoded = request.getHeaderString("Content-Encoding") != null
                || request.getHeaderString("X-Content-Encoding") != null;
        if (!isCoded && (request.getLength() > 0 || handedOut() > 0)) {
            throw new IllegalStateException("a servlet filter has read the body of " + request.getMethod() + " /"
                    + request.getUriInfo().getPath()
                    + " and left nothing; it must pass on a request whose getInputStream gives the body again");
        }
    }

    /** How many bytes of the body Jetty has handed out, to servlet filters too; negative under another server. */
    private long handedOut() {
        return ServletLayer.jetty(received).map(Request::getContentBytesRead).orElse(-1L);
    }

    void isOf(HttpServletRequest servletRequest) {
        received = servletRequest;
    }

    /** The request as the server gave it to Jersey; empty in a test without a server. */
    public Optional<HttpServletRequest> received() {
        return Optional.ofNullable(received);
    }

    /** Whether nothing is left to read. */
    public boolean isAtItsEnd() {
        return bytes.isAtItsEnd();
    }

    /** Hands the body to the method from its first byte on, unless a filter has replaced the entity stream, and keeps no more. */
    public void handOver() {
        bytes.keepNoMore();
        if (!bytes.isDropped()) {
            servlet.rewind();
            if (isUnreplaced()) {
                entity.rewind();
            }
        }
    }

    /** The method is not protected: keeps no more, and only what was looked at and not consumed. */
    public void leave() {
        bytes.keepNoMore();
        if (Math.max(entity.position(), servlet.position()) >= bytes.size()) {
            bytes.drop();
        }
    }

    /** A closed stream has been consumed for good, whatever it was. */
    private boolean isUnreplaced() {
        try {
            return request.getEntityStream() == entity;
        } catch (IllegalStateException closed) {
            return false;
        }
    }

    /** What servlets read; independent of what JAX-RS reads. */
    RecordedStream servlet() {
        return servlet;
    }

    /** Whether servlets get the server's own stream, since nothing is kept. */
    boolean isLeft() {
        return bytes.isUntouched();
    }
}
