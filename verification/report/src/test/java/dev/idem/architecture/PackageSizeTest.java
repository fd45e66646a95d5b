package dev.idem.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A package is a room in which a reader can still look round. */
final class PackageSizeTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final int MOST = 15;

    @Test
    void noPackageHasMoreThanFifteenFiles() throws IOException {
        Map<String, Integer> sizes = sizes();

        assertThat(sizes).hasSizeGreaterThan(100);
        sizes.values().removeIf(size -> size <= MOST);
        assertThat(sizes).as("packages with more than " + MOST + " types").isEmpty();
    }

    private static Map<String, Integer> sizes() throws IOException {
        Map<String, Integer> sizes = new TreeMap<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                return name.equals("target") || name.startsWith(".")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                String folder = ROOT.relativize(file.getParent()).toString();
                if (folder.contains("src/main/java") && name.endsWith(".java") && !name.equals("package-info.java")) {
                    sizes.merge(folder, 1, Integer::sum);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sizes;
    }
}
