package dev.idem.service.shutdown;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Serves requests as usual, then as the last ones of their connections, and then refuses them. A connection of HTTP/1.1 ends
 * with its response, one of HTTP/2 when its client has read GOAWAY. Thread-safe.
 */
final class DrainHandler extends Handler.Wrapper {
    /** A client opens no further stream after it, whatever its number. Jetty itself ends the connection at the largest one. */
    private static final int EVERY_STREAM = Integer.MAX_VALUE - 2;

    private enum Phase {
        SERVING,
        DRAINING,
        REFUSING
    }

    private final AtomicInteger underWay = new AtomicInteger();
    private final CountDownLatch served = new CountDownLatch(1);
    private volatile Phase phase = Phase.SERVING;

    /** From now on each response is the last one of its connection. */
    void drain() {
        phase = Phase.DRAINING;
    }

    /** From now on requests are refused. Those that were accepted before are served. */
    void refuse() {
        phase = Phase.REFUSING;
    }

    /** Waits for the requests that were accepted before {@link #refuse}. */
    void awaitServed(Duration atMost) throws InterruptedException {
        if (underWay.get() > 0) {
            var unused = served.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void ended() {
        if (underWay.decrementAndGet() == 0 && phase == Phase.REFUSING) {
            served.countDown();
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Phase now = phase;
        Response last = new ClosingResponse(request, response);
        if (now != Phase.SERVING) {
            Request.addCompletionListener(request, failure -> goAway(request));
        }
        if (now == Phase.REFUSING) {
            Response.writeError(request, last, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
            return true;
        }
        underWay.incrementAndGet();
        Request.addCompletionListener(request, failure -> ended());
        return super.handle(request, last, callback);
    }

    /** After the response: there are clients that give up all streams of the connection at this frame. */
    private static void goAway(Request request) {
        if (request.getConnectionMetaData().getConnection() instanceof HTTP2Connection connection) {
            HTTP2Session session = connection.getSession();
            session.goAway(new GoAwayFrame(EVERY_STREAM, ErrorCode.NO_ERROR.code, new byte[0]), Callback.NOOP);
        }
    }

    /** Decides when it is written, because the handler may take long. */
    private final class ClosingResponse extends Response.Wrapper {
        ClosingResponse(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, java.nio.ByteBuffer content, Callback callback) {
            if (phase != Phase.SERVING
                    && !isCommitted()
                    && getRequest().getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
                getHeaders().put(HttpHeader.CONNECTION, "close");
            }
            super.write(last, content, callback);
        }
    }
}
