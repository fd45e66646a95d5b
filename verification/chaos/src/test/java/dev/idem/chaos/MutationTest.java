package dev.idem.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** They are tried nightly only; that they still fit the code is seen in every build. */
final class MutationTest {
    @ParameterizedTest
    @EnumSource
    void takesOutACheckThatIsThere(Mutation mutation, @TempDir Path folder) throws Exception {
        mutation.writeTo(folder);

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }
}
