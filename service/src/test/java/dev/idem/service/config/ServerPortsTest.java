package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.dropwizard.configfile.InvalidConfigurationException;
import io.dropwizard.core.server.DefaultServerFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} finds of the ports, before a start would fail. */
final class ServerPortsTest {
    private static final String BOTH = "server.adminConnectors[0].port (ADMIN_PORT) must differ from"
            + " server.applicationConnectors[0].port (PORT), since both listen at the same address";

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "0.0.0.0, 127.0.0.1", "127.0.0.1, '::'", "localhost, localhost", "0.0.0.0, '::'"
    })
    void onePortForBothIsRefused(String host, String adminHost) {
        assertThatThrownBy(() -> ReadConfiguration.of(
                        "{}",
                        Map.of("PORT", "8080", "ADMIN_PORT", "8080", "BIND_HOST", host, "ADMIN_BIND_HOST", adminHost)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(BOTH);
    }

    @ParameterizedTest
    @CsvSource({"8080, 8081, 127.0.0.1, 127.0.0.1", "0, 0, 127.0.0.1, 127.0.0.1", "8080, 8080, 127.0.0.1, 127.0.0.2"})
    void addressesThatDifferAreTaken(String port, String adminPort, String host, String adminHost) throws Exception {
        assertThat(ReadConfiguration.of(
                                "{}",
                                Map.of(
                                        "PORT", port,
                                        "ADMIN_PORT", adminPort,
                                        "BIND_HOST", host,
                                        "ADMIN_BIND_HOST", adminHost))
                        .getServerFactory())
                .isInstanceOf(DefaultServerFactory.class);
    }

    @Test
    void twoConnectorsOfOneListAreComparedToo() {
        assertThatThrownBy(() -> ReadConfiguration.of("""
                        server:
                          applicationConnectors: [{ type: http, port: 8080 }, { type: h2c, port: 8080 }]
                          adminConnectors: [{ type: http, port: 8081 }]
                        """))
                .hasMessageContaining("server.applicationConnectors[1].port (PORT) must differ from"
                        + " server.applicationConnectors[0].port (PORT)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type: simple, connector: { type: http, port: 8080 } } # server.type must be default",
                "{ adminContextPath: /ops } # server.adminContextPath must be /",
                "{ applicationContextPath: /api } # server.applicationContextPath must be /",
            })
    void onePortForAllAndAPathBeforeAllOthersAreRefused(String server) {
        String[] parts = server.split(" # ", 2);
        assertThatThrownBy(() -> ReadConfiguration.of("server: " + parts[0])).hasMessageContaining(parts[1]);
    }
}
