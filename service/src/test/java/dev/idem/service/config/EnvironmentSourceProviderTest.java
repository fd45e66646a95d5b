package dev.idem.service.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As the service reads its file. */
class EnvironmentSourceProviderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "secret: ${IDEM_UNSET}                    ! secret",
                "secret: '${IDEM_UNSET}'                  ! secret",
                "a: { b: [x, \"${IDEM_UNSET}\"] }         ! a.b[1]",
                "a: |\\n  # no comment ${IDEM_UNSET}\\n   ! a",
                "a: >\\n  b\\n  ${IDEM_UNSET}\\n          ! a",
                "a: &anchor ${IDEM_UNSET}\\nb: *anchor    ! a",
                "a:\\n- b: 1\\n- c: ${IDEM_UNSET} # why   ! a[1].c",
                "a: 1\\na: ${IDEM_UNSET}                  ! a",
                "a: ${IDEM_UNSET}\\na: 1                  ! a",
            })
    void aVariableThatIsNotSetIsNamedWithItsKeyHoweverTheValueIsWritten(String yaml, String key) {
        assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
                .isInstanceOf(ConfigurationFileException.class)
                .hasMessageStartingWith(
                        "config.yml: " + key + " has ${IDEM_UNSET}, and there is no variable IDEM_UNSET");
    }

    @Test
    void commentsAndDefaultsNeedNoVariable() throws IOException {
        assertThat(read("""
                        # ${IDEM_UNSET}
                        a: "${IDEM_UNSET:-x # y}" # ${IDEM_UNSET}
                        b: ${IDEM_UNSET:-}
                        c: "$${IDEM_UNSET}"
                        """)).contains("a: \"x # y\"", "b: \n", "c: \"${IDEM_UNSET}\"");
    }

    @Test
    void brokenYamlIsNamedByItsLineAndNotQuoted() {
        assertThatThrownBy(() -> read("a: ${IDEM_UNSET}\nb: 'hunter2\n"))
                .isInstanceOf(ConfigurationFileException.class)
                .hasMessageContaining("not valid YAML near line")
                .hasMessageNotContaining("hunter2");
    }

    private static String read(String yaml) throws IOException {
        try (InputStream filled = new EnvironmentSourceProvider(path -> new ByteArrayInputStream(yaml.getBytes(UTF_8)))
                .open("config.yml")) {
            return new String(filled.readAllBytes(), UTF_8);
        }
    }
}
