package dev.idem.verification.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

final class ProgramsTest {
    private final Path folder;

    ProgramsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Programs programs(String tools) {
        return Programs.of(Map.of("PATH", "/nowhere" + File.pathSeparator + folder), tools);
    }

    private void install(String name, boolean executable) throws IOException {
        assertThat(Files.createFile(folder.resolve(name)).toFile().setExecutable(executable))
                .isTrue();
    }

    @Test
    void aProgramIsFoundInTheFoldersOfThePath() throws IOException {
        install("chromium", true);

        assertThat(programs("optional").find("chromium")).contains(folder.resolve("chromium"));
        assertThat(programs("optional").missing(List.of("chromium"))).isEmpty();
    }

    @Test
    void whatCannotBeExecutedIsNoProgram() throws IOException {
        install("notes", false);
        Files.createDirectory(folder.resolve("promtool"));

        assertThat(programs("optional").missing(List.of("notes", "promtool")))
                .contains("this machine lacks notes and promtool");
    }

    @Test
    void whatCannotBeHadLeavesATestOut() {
        assertThatThrownBy(() -> programs("optional").need(false, "packages", () -> "no network"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("this machine lacks packages: no network");
    }

    @Test
    void whatCannotBeHadFailsATestWhereAllToolsAreRequired() {
        assertThatThrownBy(() -> programs("required").need(false, "packages", () -> "no network"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("this machine lacks packages: no network");
        assertThatCode(() -> programs("required").need(true, "packages", () -> ""))
                .doesNotThrowAnyException();
    }

    @Test
    void anythingElseAskedOfTheToolsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> programs("yes")).withMessageContaining("required or");
    }
}
