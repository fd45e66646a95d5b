package dev.idem.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class Http2RequestTest {
    private static final ConnectionMetaData HTTP2 =
            saying(ConnectionMetaData.class, Map.of("getHttpVersion", HttpVersion.HTTP_2));

    @Test
    void aStreamThatWasResetBeforeAnyoneListenedIsGone() {
        for (long length : new long[] {-1, 2}) {
            Request reset = request(length, Content.Chunk.from(new EOFException("reset")));

            assertThat(ClientConnection.of(new Http2Request(reset, HttpFields.EMPTY))
                            .isGone())
                    .isTrue();
        }
    }

    @Test
    void aStreamThatHasEndedWithItsRequestIsNotGone() {
        Http2Request whole = new Http2Request(request(-1, Content.Chunk.EOF), HttpFields.EMPTY);

        assertThat(ClientConnection.of(whole).isGone()).isFalse();
        assertThat(whole.getLength()).isZero();
    }

    @Test
    void aResetThatOnlyAReaderLearnsOfIsNoticed() {
        AtomicReference<Content.@Nullable Chunk> next = new AtomicReference<>();
        Request late = new Request.Wrapper(request(-1, Content.Chunk.EOF)) {
            @Override
            public Content.@Nullable Chunk read() {
                return next.get();
            }
        };
        Http2Request reading = new Http2Request(late, HttpFields.EMPTY);
        next.set(Content.Chunk.from(new EOFException("reset")));

        assertThat(Content.Chunk.isFailure(reading.read())).isTrue();
        assertThat(reading.isGone()).isTrue();
    }

    /** It calls no listener, as the server does once a request has failed. */
    private static Request request(long length, Content.Chunk first) {
        return saying(Request.class, Map.of("getConnectionMetaData", HTTP2, "getLength", length, "read", first));
    }

    private static <T> T saying(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
