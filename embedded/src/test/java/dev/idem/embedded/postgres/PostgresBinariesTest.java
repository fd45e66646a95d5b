package dev.idem.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.process.EmbeddedServerException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

final class PostgresBinariesTest {
    @Test
    void theProgramsForThisMachineAreThere() throws Exception {
        try (InputStream archive =
                PostgresBinaries.open(System.getProperty("os.name"), System.getProperty("os.arch"))) {
            assertThat(archive.read()).isNotNegative();
        }
    }

    @Test
    void aPlatformThatWasLeftOutIsNamedWithTheWaysOut() {
        assertThatThrownBy(() -> PostgresBinaries.open("Linux", "s390x"))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("Linux s390x")
                .hasMessageContaining("-Dplatforms=all")
                .hasMessageContaining("DATABASE_URL");
    }
}
