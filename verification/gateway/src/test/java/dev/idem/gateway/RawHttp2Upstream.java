package dev.idem.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.server.RawHTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** An upstream of HTTP/2 that misbehaves: it reads a request, and then sends whatever frames a test wants. */
final class RawHttp2Upstream implements AutoCloseable {
    /** What is done on a stream on which a request has come whole. */
    interface Behaviour {
        void answer(Stream stream);
    }

    private final Server server = new Server();
    private final ServerConnector connector;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Behaviour behaviour;

    RawHttp2Upstream(Behaviour behaviour) throws Exception {
        this.behaviour = behaviour;
        HttpConfiguration http = new HttpConfiguration();
        http.setMaxResponseHeaderSize(1 << 20);
        connector = new ServerConnector(server, new RawHTTP2ServerConnectionFactory(http, new Asked()));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
    }

    /** @param fields names and values in turn */
    static CompletableFuture<Stream> head(Stream stream, int status, boolean last, String... fields) {
        HttpFields.Mutable headers = HttpFields.build();
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        MetaData.Response response = new MetaData.Response(status, null, HttpVersion.HTTP_2, headers);
        return stream.headers(new HeadersFrame(stream.getId(), response, null, last));
    }

    static CompletableFuture<Stream> body(Stream stream, String text) {
        return data(stream, text, true);
    }

    /** More of the body is to come. */
    static CompletableFuture<Stream> part(Stream stream, String text) {
        return data(stream, text, false);
    }

    private static CompletableFuture<Stream> data(Stream stream, String text, boolean last) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return stream.data(new DataFrame(stream.getId(), bytes, last));
    }

    static void reset(Stream stream, ErrorCode error) {
        var unused = stream.reset(new ResetFrame(stream.getId(), error.code));
    }

    String url() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    void will(Behaviour next) {
        behaviour = next;
    }

    int asked() {
        return asked.get();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    private final class Asked implements ServerSessionListener {
        @Override
        public Stream.Listener onNewStream(Stream stream, HeadersFrame frame) {
            if (frame.isEndStream()) {
                answer(stream);
                return Stream.Listener.AUTO_DISCARD;
            }
            stream.demand();
            return new Stream.Listener() {
                @Override
                public void onDataAvailable(Stream of) {
                    Stream.Data data = of.readData();
                    boolean last = data != null && data.frame().isEndStream();
                    if (data != null) {
                        data.release();
                    }
                    if (last) {
                        answer(of);
                    } else {
                        of.demand();
                    }
                }
            };
        }

        @Override
        public void onFailure(Session session, Throwable failure, org.eclipse.jetty.util.Callback callback) {
            callback.succeeded();
        }

        private void answer(Stream stream) {
            asked.incrementAndGet();
            behaviour.answer(stream);
        }
    }
}
