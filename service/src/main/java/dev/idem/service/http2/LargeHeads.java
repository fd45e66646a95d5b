package dev.idem.service.http2;

import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Answers 431 to a head that exceeds the limit, as over HTTP/1.1, while other streams go on. Jetty would end the connection, and
 * reset the streams that execute with REFUSED_STREAM. To clients that means that nothing was done (RFC 9113, section 8.7), and
 * they would send a POST again. It does so for a frame that is longer than the limit; here no frame can be.
 *
 * <p>A head that is much larger still ends the connection, with another code. Thread-safe.
 */
final class LargeHeads implements HttpConfiguration.Customizer, HTTP2Session.FrameListener {
    /** Beyond the limit: a longest frame and one more that continues it. */
    private static final int READ_BEYOND = 2 * Frame.DEFAULT_MAX_SIZE;

    /** What each field counts in addition to its bytes (RFC 9113, section 6.5.2). */
    private static final int OF_A_FIELD = 32;

    private static final List<String> PSEUDO = List.of(":method", ":scheme", ":authority", ":path");

    private final int limit;

    private LargeHeads(int limit) {
        this.limit = limit;
    }

    /** The same connector, which has not started yet. Both versions have shared a configuration; now each has its own. */
    static Connector on(Connector connector) {
        AbstractConnector limited = (AbstractConnector) connector;
        limited.setConnectionFactories(limited.getConnectionFactories().stream()
                .<ConnectionFactory>map(
                        factory -> factory instanceof HTTP2ServerConnectionFactory http2 ? instead(http2) : factory)
                .toList());
        return limited;
    }

    private static HTTP2ServerConnectionFactory instead(HTTP2ServerConnectionFactory usual) {
        HttpConfiguration http = new HttpConfiguration(usual.getHttpConfiguration());
        LargeHeads heads = new LargeHeads(http.getRequestHeaderSize());
        http.setRequestHeaderSize(heads.read());
        http.addCustomizer(heads);
        HTTP2ServerConnectionFactory limited =
                usual instanceof HTTP2CServerConnectionFactory ? heads.plain(http) : heads.encrypted(http);
        limited.setMaxConcurrentStreams(usual.getMaxConcurrentStreams());
        limited.setInitialStreamRecvWindow(usual.getInitialStreamRecvWindow());
        limited.addEventListener(heads);
        return limited;
    }

    private HTTP2ServerConnectionFactory plain(HttpConfiguration http) {
        return new HTTP2CServerConnectionFactory(http) {
            @Override
            protected Map<Integer, Integer> newSettings() {
                return announced(super.newSettings());
            }
        };
    }

    private HTTP2ServerConnectionFactory encrypted(HttpConfiguration http) {
        return new HTTP2ServerConnectionFactory(http) {
            @Override
            protected Map<Integer, Integer> newSettings() {
                return announced(super.newSettings());
            }
        };
    }

    private Map<Integer, Integer> announced(Map<Integer, Integer> settings) {
        settings.put(SettingsFrame.MAX_HEADER_LIST_SIZE, limit);
        return settings;
    }

    private int read() {
        return limit + READ_BEYOND;
    }

    /** Jetty has just begun to refuse what exceeds the limit that it announces. */
    @Override
    public void onOutgoingFrame(Session session, Frame frame) {
        if (frame instanceof SettingsFrame settings && !settings.isReply() && session instanceof HTTP2Session http2) {
            http2.getParser().getHpackDecoder().setMaxHeaderListSize(read());
        }
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (sizeOf(Request.unWrap(request)) > limit) { // as it was sent
            throw new HttpException.RuntimeException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
        }
        return request;
    }

    private static long sizeOf(Request request) {
        long size = 0;
        for (HttpField field : request.getHeaders()) {
            size += field.getName().length() + length(field.getValue()) + OF_A_FIELD;
        }
        for (String field : PSEUDO) {
            size += field.length() + OF_A_FIELD;
        }
        return size
                + request.getMethod().length()
                + length(request.getHttpURI().getScheme())
                + length(request.getHttpURI().getAuthority())
                + length(request.getHttpURI().getPathQuery());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
