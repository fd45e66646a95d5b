package dev.idem.service.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.verification.support.JavaCommand;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a service runs out of memory, it ends: nothing of it answers once more. */
final class OutOfMemoryWatchIT {
    @ParameterizedTest
    @ValueSource(strings = {"servlet", "task", "pool", "log", "thread"})
    void itEndsWithALine(String place, @TempDir Path directory) throws Exception {
        File said = directory.resolve("stderr").toFile();
        Process process = new ProcessBuilder(
                        JavaCommand.ofClass(OutOfMemory.class).withHeap("48m").with(place))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(said)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();

            assertThat(process.exitValue()).isEqualTo(3);
            assertThat(Files.readString(said.toPath(), UTF_8).lines())
                    .filteredOn(line -> line.contains("has run out of memory"))
                    .hasSize(1);
        } finally {
            process.destroyForcibly();
        }
    }
}
