package dev.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the test support starts outside of the build that made it. */
@ExtendWith(ServersExtension.class)
final class StoresOfTestsIT {

    @Test
    void postgresIsTheOneThatTheLayerIsTestedWith(TestDatabase database) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
        }
    }
}
