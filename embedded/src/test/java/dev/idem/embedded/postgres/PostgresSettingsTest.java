package dev.idem.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresSettingsTest {

    private static final PostgresSettings SETTINGS = new PostgresSettings(15432, "secret");

    private final Path directory;

    PostgresSettingsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        SETTINGS.write(directory);
        assertThat(PostgresSettings.read(directory)).contains(SETTINGS);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobodyElseMayReadThePassword() throws IOException {
        SETTINGS.write(directory);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve(PostgresSettings.FILE_NAME))))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutAFileThereAreNoSettings() throws IOException {
        assertThat(PostgresSettings.read(directory)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15432", "15432\n", "15432\n\n", "port\nsecret\n", "-1\nsecret\n"})
    void aDamagedFileHoldsNoSettings(String content) throws IOException {
        Files.writeString(directory.resolve(PostgresSettings.FILE_NAME), content);
        assertThat(PostgresSettings.read(directory)).isEmpty();
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(SETTINGS).asString().doesNotContain("secret");
    }
}
