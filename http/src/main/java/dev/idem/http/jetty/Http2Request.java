package dev.idem.http.jetty;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request of HTTP/2, whose headers do not say whether a body follows: its first frame does. It has one reader at a time. */
final class Http2Request extends Request.Wrapper {
    /** A fast client would otherwise keep this thread for all of its body. */
    private static final int PIECES_IN_TURN = 16;

    private static final String CONTRADICTION = "The end of the body contradicts the headers";

    private final HttpFields headers;
    private final boolean empty;
    private final AtomicReference<Content.@Nullable Chunk> ahead;
    private final AtomicBoolean gone = new AtomicBoolean();
    private long received;
    private Content.@Nullable Chunk contradiction;

    Http2Request(Request request, HttpFields headers) {
        super(request);
        this.headers = headers;
        // A listener that comes after the failure is never called; but then the failure can be read.
        request.addFailureListener(failure -> gone.set(true));
        // A client that waits before it sends its body (100-continue) goes on waiting: only a demand tells it to send.
        Content.@Nullable Chunk first = heard(request.read());
        if (contradiction != null) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, CONTRADICTION);
        }
        this.ahead = new AtomicReference<>(first);
        this.empty = request.getLength() < 0
                && first != null
                && first.isLast()
                && !first.hasRemaining()
                && !Content.Chunk.isFailure(first);
        if (first != null && !empty) {
            // Bytes that nobody reads would count against the connection's window for good.
            Request.addCompletionListener(request, failure -> discard());
        }
    }

    /** Whether the stream was reset or its connection has ended. */
    boolean isGone() {
        return gone.get();
    }

    @Override
    public HttpFields getHeaders() {
        return headers;
    }

    @Override
    public long getLength() {
        return empty ? 0 : super.getLength();
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.@Nullable Chunk chunk = ahead.getAndUpdate(Content.Chunk::next);
        return chunk == null ? heard(super.read()) : chunk;
    }

    /**
     * Where a reader waits for the body, it learns of the failure, and no listener does. The server compares the length with
     * what comes, unless the body ends with its head or with trailers.
     */
    private Content.@Nullable Chunk heard(Content.@Nullable Chunk chunk) {
        if (chunk == null || contradiction != null) {
            return contradiction;
        }
        if (Content.Chunk.isFailure(chunk)) {
            gone.compareAndSet(false, chunk.isLast());
            return chunk;
        }
        received += chunk.remaining();
        boolean isCutShort = chunk.isLast() && getWrapped().getLength() > received;
        if (isCutShort || (chunk instanceof Trailers ending && Http2Requests.framesAMessage(ending.getTrailers()))) {
            chunk.release();
            contradiction = Content.Chunk.from(
                    new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, CONTRADICTION), true);
            return contradiction;
        }
        return chunk;
    }

    @Override
    public void demand(Runnable more) {
        if (ahead.get() == null) {
            super.demand(more);
        } else {
            more.run();
        }
    }

    /** Not the server's own, after which nothing more could be read: the rest is read after the answer. */
    @Override
    public boolean consumeAvailable() {
        for (int i = 0; i < PIECES_IN_TURN; i++) {
            Content.@Nullable Chunk chunk = read();
            if (chunk == null) {
                return false;
            }
            chunk.release();
            if (chunk.isLast()) {
                return !Content.Chunk.isFailure(chunk);
            }
        }
        return false;
    }

    @Override
    public void fail(Throwable failure) {
        discard();
        super.fail(failure);
    }

    private void discard() {
        Content.@Nullable Chunk chunk = ahead.getAndSet(null);
        if (chunk != null) {
            chunk.release();
        }
    }
}
