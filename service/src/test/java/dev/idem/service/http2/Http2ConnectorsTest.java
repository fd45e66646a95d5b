package dev.idem.service.http2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.http2.Http2CConnectorFactory;
import io.dropwizard.http2.Http2ConnectorFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jetty.ConnectorFactory;
import org.junit.jupiter.api.Test;

class Http2ConnectorsTest {
    private final ObjectMapper mapper = Jackson.newObjectMapper();

    Http2ConnectorsTest() {
        Http2Connectors.areReadBy(mapper);
    }

    private <T extends ConnectorFactory> T read(String connector, Class<T> type) throws Exception {
        return type.cast(mapper.readValue(connector, ConnectorFactory.class));
    }

    @Test
    void oneConnectionHasFewStreamsUnlessTheFileSaysMore() throws Exception {
        assertThat(read("{\"type\": \"h2c\"}", Http2CConnectorFactory.class).getMaxConcurrentStreams())
                .isEqualTo(100);
        assertThat(read("{\"type\": \"h2\"}", Http2ConnectorFactory.class).getMaxConcurrentStreams())
                .isEqualTo(100);
        assertThat(read("{\"type\": \"h2c\", \"maxConcurrentStreams\": 1024}", Http2CConnectorFactory.class)
                        .getMaxConcurrentStreams())
                .isEqualTo(1024);
    }
}
