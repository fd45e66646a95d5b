package dev.idem.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostmasterPidTest {

    private final Path cluster;

    PostmasterPidTest(@TempDir Path cluster) {
        this.cluster = cluster;
    }

    @Test
    void itNamesTheProcess() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        write(self.pid() + "\n/data\n1700000000\n15432\n");
        assertThat(PostmasterPid.read(cluster)).contains(self);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "-", "99999999\n/data\n"})
    void aDamagedOrStaleFileNamesNone(String content) throws IOException {
        write(content);
        assertThat(PostmasterPid.read(cluster)).isEmpty();
    }

    @Test
    void withoutAFileThereIsNone() throws IOException {
        assertThat(PostmasterPid.read(cluster)).isEmpty();
    }

    @Test
    void aDisownedFileNamesNoProcessAndKeepsTheRest() throws IOException {
        write(ProcessHandle.current().pid() + "\n/data\n1700000000\n15432\n");
        PostmasterPid.disown(cluster);
        assertThat(PostmasterPid.read(cluster)).isEmpty();
        assertThat(cluster.resolve(PostmasterPid.FILE_NAME)).content().endsWith("\n/data\n1700000000\n15432\n");
    }

    private void write(String content) throws IOException {
        Files.writeString(cluster.resolve(PostmasterPid.FILE_NAME), content);
    }
}
