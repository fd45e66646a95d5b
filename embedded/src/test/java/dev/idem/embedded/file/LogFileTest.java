package dev.idem.embedded.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {

    private final LogFile log;

    LogFileTest(@TempDir Path directory) {
        this.log = new LogFile(directory.resolve("server.log"));
    }

    @Test
    void onlyWhatCameSinceIsShown() throws IOException {
        Files.writeString(log.path(), "earlier\n");
        long start = log.end();
        Files.writeString(log.path(), "later\n", StandardOpenOption.APPEND);
        assertThat(log.since(start)).isEqualTo("later");
    }

    @Test
    void aLongLogIsCutToItsEnd() throws IOException {
        Files.writeString(log.path(), "x".repeat(100_000) + "\nthe end\n");
        assertThat(log.since(0)).endsWith("the end").hasSizeLessThan(5000);
    }

    @Test
    void aMissingLogIsEmpty() throws IOException {
        assertThat(log.since(log.end())).isEmpty();
    }
}
