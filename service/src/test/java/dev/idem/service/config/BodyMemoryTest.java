package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dropwizard.jackson.Jackson;
import org.junit.jupiter.api.Test;

/** The memory for requests and answers, and routes that have rules of their own. */
class BodyMemoryTest {
    private static final ObjectMapper YAML = Jackson.newObjectMapper(new YAMLFactory());

    private static IdemConfiguration read(String policy) throws Exception {
        return YAML.readValue("""
                idempotency: { bodyMemory: 4MiB }
                gateway: { routes: [{ prefix: /a, upstream: 'http://a' }, { prefix: /b, upstream: 'http://b', policy: %s }] }
                """.formatted(policy), IdemConfiguration.class);
    }

    @Test
    void aRouteMayTakeHalfOfIt() throws Exception {
        assertThat(read("{ maxRequestBody: 2MiB, maxStoredBody: 2MiB }").routes())
                .hasSize(2);
    }

    @Test
    void aRouteThatMayTakeMoreStopsTheStart() {
        assertThatThrownBy(() -> read("{ maxRequestBody: 3MiB }"))
                .hasMessageContaining(
                        "idempotency.bodyMemory must be at least twice gateway.routes[1].policy.maxRequestBody")
                .hasMessageContaining("6291456 bytes, and is 4194304 bytes");
        assertThatThrownBy(() -> read("{ maxStoredBody: 3MiB }")).hasMessageContaining("gateway.routes[1]");
    }
}
