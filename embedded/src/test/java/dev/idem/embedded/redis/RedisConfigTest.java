package dev.idem.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.file.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RedisConfigTest {

    private final Path directory;
    private final RedisConfig config;

    RedisConfigTest(@TempDir Path directory) {
        this.directory = directory;
        this.config = new RedisConfig(16379, "secret", directory, true);
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        PrivateFile.write(directory, RedisConfig.FILE_NAME, config.render());
        assertThat(RedisConfig.read(directory)).contains(config);
    }

    @Test
    void withoutAFileThereIsNoConfiguration() throws IOException {
        assertThat(RedisConfig.read(directory)).isEmpty();
    }

    @Test
    void aFileCutShortIsNoConfiguration() throws IOException {
        Files.writeString(directory.resolve(RedisConfig.FILE_NAME), "bind 127.0.0.1\nport 16379\nrequirepass");
        assertThat(RedisConfig.read(directory)).isEmpty();
    }

    @Test
    void pathsAreQuoted() {
        RedisConfig spaced = new RedisConfig(16379, "secret", Path.of("/a dir with \"quotes\""), true);
        assertThat(spaced.render()).contains("dir \"/a dir with \\\"quotes\\\"\"\n");
    }

    @Test
    void keysAreNeverEvicted() {
        assertThat(config.render()).contains("maxmemory-policy noeviction\n");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(config).asString().doesNotContain("secret");
    }
}
