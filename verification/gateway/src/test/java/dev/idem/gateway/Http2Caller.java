package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/** One connection of HTTP/2 without TLS, whose frames a test chooses. */
final class Http2Caller implements AutoCloseable {
    private static final long PATIENCE_S = 20;

    private final HTTP2Client client = new HTTP2Client();
    private final CompletableFuture<GoAwayFrame> goAway = new CompletableFuture<>();
    private final Session session;

    /** What came back on a stream; the status is 0 if there was no response. */
    record Answer(int status, HttpFields headers, String body) {}

    /** A request on its way. */
    record Sent(Stream stream, CompletableFuture<Answer> answer) {
        /** The answer; fails if the stream was reset. */
        Answer get() throws Exception {
            return answer.get(PATIENCE_S, TimeUnit.SECONDS);
        }

        /** The client is not interested any more. */
        void cancel() {
            var unused = stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code));
        }

        void data(String text, boolean last) throws Exception {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            stream.data(new DataFrame(stream.getId(), bytes, last)).get(PATIENCE_S, TimeUnit.SECONDS);
        }
    }

    Http2Caller(int port) throws Exception {
        client.start();
        session = client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), new Session.Listener() {
                    @Override
                    public void onGoAway(Session of, GoAwayFrame frame) {
                        goAway.complete(frame);
                    }
                })
                .get(PATIENCE_S, TimeUnit.SECONDS);
    }

    /** Completes when the server says that it takes no more streams here. */
    CompletableFuture<GoAwayFrame> goAway() {
        return goAway;
    }

    boolean isOpen() {
        return !session.isClosed();
    }

    static HttpFields.Mutable ann(String key) {
        return HttpFields.build()
                .add("authorization", "Bearer ann")
                .add("content-type", "application/json")
                .add("idempotency-key", key);
    }

    /** A whole request; its body comes without a length. */
    Sent send(String method, String path, HttpFields headers, String body) throws Exception {
        Sent sent = begin(method, path, headers, body.isEmpty());
        if (!body.isEmpty()) {
            sent.data(body, true);
        }
        return sent;
    }

    Sent post(String key, String body) throws Exception {
        return send("POST", "/orders", ann(key), body);
    }

    /** The body leaves after the server has begun to wait for it. */
    Sent postSlowly(String key, String body) throws Exception {
        Sent sent = begin("POST", "/orders", ann(key), false);
        assertThat(send("GET", "/openapi.json", HttpFields.EMPTY, "").get().status())
                .isEqualTo(200);
        sent.data(body, true);
        return sent;
    }

    /** The head of a request. */
    Sent begin(String method, String path, HttpFields headers, boolean last) throws Exception {
        MetaData.Request request = new MetaData.Request(
                method, HttpURI.from("http", "shop.example", 8080, path), HttpVersion.HTTP_2, headers);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Stream stream = session.newStream(new HeadersFrame(request, null, last), new Reader(answer))
                .get(PATIENCE_S, TimeUnit.SECONDS);
        return new Sent(stream, answer);
    }

    @Override
    public void close() {
        LifeCycle.stop(client);
    }

    private static final class Reader implements Stream.Listener {
        private final CompletableFuture<Answer> answer;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private volatile MetaData.@Nullable Response head;

        Reader(CompletableFuture<Answer> answer) {
            this.answer = answer;
        }

        @Override
        public void onHeaders(Stream stream, HeadersFrame frame) {
            if (frame.getMetaData() instanceof MetaData.Response response) {
                head = response;
            }
            if (frame.isEndStream()) {
                complete();
            } else {
                stream.demand();
            }
        }

        @Override
        public void onDataAvailable(Stream stream) {
            Stream.Data data = stream.readData();
            if (data == null) {
                stream.demand();
                return;
            }
            byte[] bytes = new byte[data.frame().remaining()];
            data.frame().getByteBuffer().get(bytes);
            body.writeBytes(bytes);
            boolean last = data.frame().isEndStream();
            data.release();
            if (last) {
                complete();
            } else {
                stream.demand();
            }
        }

        private void complete() {
            MetaData.Response response = head;
            answer.complete(new Answer(
                    response == null ? 0 : response.getStatus(),
                    response == null ? HttpFields.EMPTY : response.getHttpFields(),
                    body.toString(StandardCharsets.UTF_8)));
        }

        @Override
        public void onReset(Stream stream, ResetFrame frame, Callback callback) {
            answer.completeExceptionally(
                    new IllegalStateException("reset: " + ErrorCode.toString(frame.getError(), "?")));
            callback.succeeded();
        }

        @Override
        public void onFailure(Stream stream, int error, String reason, Throwable failure, Callback callback) {
            answer.completeExceptionally(failure);
            callback.succeeded();
        }
    }
}
