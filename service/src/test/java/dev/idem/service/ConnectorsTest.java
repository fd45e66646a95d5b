package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.idem.service.stores.StartupException;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.SimpleServerFactory;
import org.junit.jupiter.api.Test;

final class ConnectorsTest {
    private final DefaultServerFactory server = new DefaultServerFactory();

    @Test
    void twoPortsWithoutAPathAreTaken() {
        assertThatNoException().isThrownBy(() -> Connectors.requirePortsOfTheirOwn(server));
    }

    @Test
    void onePortForAllIsRefused() {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> Connectors.requirePortsOfTheirOwn(new SimpleServerFactory()))
                .withMessageContaining("server.type must be default");
    }

    @Test
    void aPathBeforeAllOthersIsRefused() {
        server.setAdminContextPath("/ops");

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> Connectors.requirePortsOfTheirOwn(server))
                .withMessage("server.adminContextPath must be /");
    }
}
