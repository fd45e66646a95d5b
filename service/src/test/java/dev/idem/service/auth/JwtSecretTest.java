package dev.idem.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.service.stores.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JwtSecretTest {
    @Test
    void aSecretIsMadeOnceAndDiffersFromThatOfAnotherDirectory(@TempDir Path directory) {
        String secret = JwtSecret.ofDataDirectory(directory.resolve("one"));

        assertThat(secret).hasSizeGreaterThan(32);
        assertThat(JwtSecret.ofDataDirectory(directory.resolve("one"))).isEqualTo(secret);
        assertThat(JwtSecret.ofDataDirectory(directory.resolve("other"))).isNotEqualTo(secret);
    }

    @Test
    void whatIsLeftOfASecretIsRefused(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("jwt-secret"), "c2hvcnQ");

        assertThatThrownBy(() -> JwtSecret.ofDataDirectory(directory))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("delete the file");
    }
}
