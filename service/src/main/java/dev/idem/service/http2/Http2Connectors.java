package dev.idem.service.http2;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.http2.Http2CConnectorFactory;
import io.dropwizard.http2.Http2ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;

/** Dropwizard's connectors of HTTP/2, with other defaults, and with {@link LargeHeads}. */
public final class Http2Connectors {
    /**
     * RFC 9113 (section 6.5.2) recommends no fewer. More let one connection use what many share, such as the connections to an
     * upstream.
     */
    private static final int STREAMS = 100;

    private Http2Connectors() {}

    /** From now on configurations mean these by {@code h2} and {@code h2c}. */
    public static void areReadBy(ObjectMapper mapper) {
        mapper.registerSubtypes(Encrypted.class, Plain.class);
    }

    @JsonTypeName("h2")
    static final class Encrypted extends Http2ConnectorFactory {
        Encrypted() {
            setMaxConcurrentStreams(STREAMS);
        }

        @Override
        public Connector build(Server server, MetricRegistry metrics, String name, @Nullable ThreadPool threads) {
            return LargeHeads.on(super.build(server, metrics, name, threads));
        }
    }

    @JsonTypeName("h2c")
    static final class Plain extends Http2CConnectorFactory {
        Plain() {
            setMaxConcurrentStreams(STREAMS);
        }

        @Override
        public Connector build(Server server, MetricRegistry metrics, String name, @Nullable ThreadPool threads) {
            return LargeHeads.on(super.build(server, metrics, name, threads));
        }
    }
}
