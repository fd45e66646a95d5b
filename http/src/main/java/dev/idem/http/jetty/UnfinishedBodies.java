package dev.idem.http.jetty;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.util.Callback;

/**
 * Fails a request whose trailers do not end its stream (RFC 9113, section 8.1). The server ends the connection, but tells the
 * body's reader first that the body is complete, and the reader would execute a part of it. Thread-safe.
 */
final class UnfinishedBodies implements HTTP2Session.FrameListener {
    private static final String UNFINISHED = "Trailers that do not end the stream";

    /** The server calls this before it acts on the frame. */
    @Override
    public void onIncomingFrame(Session session, Frame frame) {
        if (frame instanceof HeadersFrame head
                && isUnfinished(head)
                && session.getStream(head.getStreamId()) instanceof HTTP2Stream stream) {
            fail(stream);
        }
    }

    private static boolean isUnfinished(HeadersFrame head) {
        MetaData fields = head.getMetaData();
        return !head.isEndStream() && !fields.isRequest() && !fields.isResponse();
    }

    private static void fail(HTTP2Stream stream) {
        Stream.Listener reader = stream.getListener();
        if (reader != null) {
            HttpException.RuntimeException failure =
                    new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, UNFINISHED);
            reader.onFailure(stream, ErrorCode.PROTOCOL_ERROR.code, UNFINISHED, failure, Callback.NOOP);
        }
    }
}
