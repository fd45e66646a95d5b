package dev.idem.dropwizard.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * The servlet response that filters and methods get in their {@code @Context}. While a protected method executes, nothing of what is
 * written to it is sent: its body goes to a buffer, and it is noted which headers were set. Jersey writes to the server's own
 * response. For one thread at a time.
 */
public final class DirectResponse extends NotedHeaders {
    private static final String PROPERTY = DirectResponse.class.getName();

    private final HttpServletRequest received;
    private @Nullable Supplier<OutputStream> buffers;
    private @Nullable DirectStream stream;
    private @Nullable PrintWriter writer;
    private int sentStatus;
    private @Nullable String errorMessage;
    private volatile boolean left;
    private volatile boolean lost;

    private DirectResponse(HttpServletRequest received, HttpServletResponse server) {
        super(server);
        this.received = received;
    }

    static DirectResponse begin(
            ContainerRequestContext request, HttpServletRequest received, HttpServletResponse server) {
        DirectResponse begun = new DirectResponse(received, server);
        request.setProperty(PROPERTY, begun);
        return begun;
    }

    /** Empty where the request did not come through a servlet. */
    public static Optional<DirectResponse> of(ContainerRequestContext request) {
        return Optional.ofNullable((DirectResponse) request.getProperty(PROPERTY));
    }

    /** The server's own. */
    public HttpServletResponse server() {
        return server;
    }

    /** The server's own stream, which is only asked for when something is written. */
    public OutputStream client() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                server.getOutputStream().write(octet);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                server.getOutputStream().write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                server.getOutputStream().flush();
            }
        };
    }

    /**
     * From here on nothing is sent.
     *
     * @param bodies makes the buffer of a body, and another one when the method begins it again
     */
    public void capture(Supplier<OutputStream> bodies) {
        buffers = bodies;
    }

    /** The client gets an answer that is not the method's, which may write on: from here on that goes nowhere. */
    public void leave() {
        lost = stream != null || writer != null || isSent();
        left = true;
    }

    public boolean isLeft() {
        return left;
    }

    /** Whether something of the method's answer went nowhere. */
    public boolean isLost() {
        return lost;
    }

    /** Notes it. */
    void lose() {
        lost = true;
    }

    /** What the client's answer does not have any more. */
    @Override
    boolean reachesNobody() {
        lost = lost || (left && server.isCommitted());
        return left && lost;
    }

    /** The method has ended: everything that it has written is in the buffer. */
    public void end() {
        buffers = null;
        if (writer != null) {
            writer.flush();
        }
    }

    /** The status that the method has sent, by flushing the body, or with an error or a redirection; empty if it is left to Jersey. */
    public OptionalInt sentStatus() {
        return isSent() ? OptionalInt.of(sentStatus) : OptionalInt.empty();
    }

    /** What the method has said of the error that it has sent, if anything. */
    public Optional<String> errorMessage() {
        return Optional.ofNullable(errorMessage);
    }

    @Override
    boolean isCapturing() {
        return buffers != null && !left;
    }

    @Override
    boolean isSent() {
        return sentStatus != 0;
    }

    /** The head is sent, as far as the method can tell. */
    public void commit() {
        if (isCapturing() && !isSent()) {
            sentStatus = server.getStatus();
        }
    }

    @Override
    public boolean isCommitted() {
        return isSent() || server.isCommitted();
    }

    @Override
    public void setStatus(int status) {
        if (!reachesNobody() && (!isCapturing() || !isSent())) {
            server.setStatus(status);
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (left) {
            lose();
            return new DirectStream(this, OutputStream.nullOutputStream());
        }
        return isCapturing() ? stream() : server.getOutputStream();
    }

    private DirectStream stream() {
        DirectStream open = stream;
        if (open == null) {
            open = new DirectStream(this, bufferOf(buffers));
            stream = open;
        }
        return open;
    }

    private static OutputStream bufferOf(@Nullable Supplier<OutputStream> buffers) {
        return buffers == null ? OutputStream.nullOutputStream() : buffers.get();
    }

    /** A charset in {@code Content-Type} is what the server adds, too, when text is written. */
    @Override
    public PrintWriter getWriter() throws IOException {
        if (left) {
            lose();
            return new PrintWriter(Writer.nullWriter());
        }
        if (!isCapturing()) {
            return server.getWriter();
        }
        PrintWriter open = writer;
        if (open == null) {
            setCharacterEncoding(getCharacterEncoding());
            open = new PrintWriter(new OutputStreamWriter(stream(), getCharacterEncoding()));
            writer = open;
        }
        return open;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (left) {
            lose();
        } else if (!isCapturing()) {
            server.flushBuffer();
        } else if (writer != null) {
            writer.flush();
        } else {
            commit();
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    /** What is written from here on is not held back. */
    public void announceLength() {
        if (announcedLength() >= 0) {
            server.setContentLengthLong(announcedLength());
        }
    }

    /** Jersey passes a status without a body to the server as an error. */
    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        if (left) {
            lose();
        } else if (isCapturing() && status > 0) {
            resetBuffer();
            sentStatus = status;
            errorMessage = message;
        } else {
            server.sendError(status, message);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (left) {
            lose();
        } else if (isCapturing()) {
            resetBuffer();
            setHeader("Location", redirection(location));
            sentStatus = SC_FOUND;
        } else {
            server.sendRedirect(location);
        }
    }

    /** As the server makes it, relative or absolute. */
    private String redirection(String location) {
        return ServletLayer.jetty(received)
                .map(request -> Response.toRedirectURI(request, location))
                .orElse(location);
    }

    @Override
    public void resetBuffer() {
        if (left) {
            return;
        }
        if (isCapturing() && isSent()) {
            throw new IllegalStateException("the response is sent already");
        }
        server.resetBuffer();
        stream = null;
        writer = null;
    }

    @Override
    public void reset() {
        if (!left) {
            resetBuffer();
            super.reset();
        }
    }
}
