package dev.idem.http.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Keeps reading and discarding for a while after a request was answered before its body arrived. If a connection is closed while
 * its client still sends, it is reset, and the client may never read the response (RFC 9112, section 9.6). Over HTTP/2 only the
 * stream would be reset, but there are clients that then wait until the connection ends. Blocks no thread. Thread-safe.
 */
public final class LingeringClose extends Handler.Wrapper {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
    private static final long MOST = 64L << 20;
    private static final int PIECE = 16 * 1024;

    /** After so many pieces, other connections of the same selector get a turn. */
    private static final int PIECES_IN_TURN = 16;

    private LingeringClose() {}

    /** A listener that inserts this handler into its server when the server starts, for all ports. */
    public static LifeCycle.Listener inserter() {
        return new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) {
                if (starting instanceof Server server) {
                    server.insertHandler(new LingeringClose());
                }
            }
        };
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, new Callback.Nested(callback) {
            @Override
            public void succeeded() {
                if (!isAnsweredInMidBody(request)) {
                    super.succeeded();
                } else if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
                    new RestOfStream(request, getCallback(), LONGEST, MOST).discard();
                } else {
                    new Rest(request, getCallback()).end();
                }
            }
        });
    }

    private static boolean isAnsweredInMidBody(Request request) {
        boolean isTunnel = HttpMethod.CONNECT.is(request.getMethod()); // which has no body
        return !isTunnel && !request.getHeaders().contains(HttpHeader.EXPECT) && !isRead(request);
    }

    /** A body whose reading failed counts as unread. */
    private static boolean isRead(Request request) {
        Content.Chunk next = request.read();
        for (int i = 0; i < PIECES_IN_TURN && next != null && !next.isLast(); i++) {
            next.release();
            next = request.read();
        }
        if (next == null) {
            return false;
        }
        next.release();
        return next.isLast() && !Content.Chunk.isFailure(next);
    }

    /** The rest of what arrives on a connection, of any request. */
    private static final class Rest implements Callback {
        private final EndPoint connection;
        private final Scheduler scheduler;
        private final Callback answered;
        private final long deadline = System.nanoTime() + LONGEST.toNanos();
        private final ByteBuffer thrownAway = BufferUtil.allocate(PIECE);
        private final AtomicLong bytes = new AtomicLong();

        Rest(Request request, Callback answered) {
            this.connection = request.getConnectionMetaData().getConnection().getEndPoint();
            this.scheduler = request.getComponents().getScheduler();
            this.answered = answered;
        }

        void end() {
            connection.shutdownOutput();
            watch(-1);
            succeeded();
        }

        private void watch(long before) {
            if (bytes.get() == before || System.nanoTime() > deadline) {
                connection.close();
            } else if (connection.isOpen()) {
                long now = bytes.get();
                scheduler.schedule(() -> watch(now), LONGEST_SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void succeeded() {
            try {
                int count = 1;
                for (int i = 0; i < PIECES_IN_TURN && count > 0; i++) {
                    BufferUtil.clear(thrownAway);
                    count = connection.fill(thrownAway);
                    bytes.addAndGet(count);
                }
                if (count < 0 || bytes.get() > MOST) {
                    answered.succeeded();
                } else {
                    connection.fillInterested(this);
                }
            } catch (IOException e) {
                failed(e);
            }
        }

        @Override
        public void failed(Throwable gone) {
            answered.succeeded();
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
