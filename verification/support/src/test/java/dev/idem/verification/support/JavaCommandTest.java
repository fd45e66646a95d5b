package dev.idem.verification.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JavaCommandTest {
    @Test
    void aJarIsRunWithItsArguments() {
        List<String> command = JavaCommand.ofJar("service.jar").with("server", "config.yml");

        assertThat(command).endsWith("-jar", "service.jar", "server", "config.yml");
        assertThat(command.get(0)).endsWith("java");
    }

    @Test
    void anArchiveBesideTheJarIsUsed(@TempDir Path directory) throws IOException {
        Path jar = directory.resolve("service.jar");
        Path archive = Files.createFile(JavaCommand.archiveOf(jar));

        assertThat(archive).isEqualTo(directory.resolve("service.jsa"));
        assertThat(JavaCommand.ofJar(jar.toString()).with("server"))
                .endsWith("-XX:SharedArchiveFile=" + archive, "-jar", jar.toString(), "server");
    }

    @Test
    void aClassIsRunOnTheClassPathOfTheTest() {
        assertThat(JavaCommand.ofClass(JavaCommandTest.class).with())
                .endsWith("-cp", System.getProperty("java.class.path"), JavaCommandTest.class.getName());
    }

    @Test
    void anotherHeapLeavesTheOtherOptions() {
        List<String> usual = JavaCommand.ofJar("service.jar").with();
        List<String> small = JavaCommand.ofJar("service.jar").withHeap("48m").with();

        assertThat(small).contains("-Xmx48m").hasSameSizeAs(usual);
        assertThat(small.subList(2, small.size())).isEqualTo(usual.subList(2, usual.size()));
    }
}
