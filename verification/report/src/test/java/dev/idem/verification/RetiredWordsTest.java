package dev.idem.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The project speaks as GLOSSARY.md says: no retired name or phrase returns. */
final class RetiredWordsTest {
    private static final List<String> SOME = List.of(
            "# a comment",
            "",
            "word OldName",
            "type Ordinary",
            "phrase went astray at sea",
            "phrase odd-ball",
            "phrase odd-balls",
            "except notes/",
            "except /applied.sql");

    private final Path project;

    RetiredWordsTest(@TempDir Path project) {
        this.project = project;
    }

    @Test
    void noRetiredWordIsLeft() throws IOException {
        Map<String, List<String>> left = RetiredWords.parse(list()).in(Path.of(System.getProperty("project.root")));

        assertThat(left)
                .as(() -> "retired words, by file; GLOSSARY.md says what replaces them\n"
                        + left.entrySet().stream()
                                .map(file -> file.getKey() + " ("
                                        + file.getValue().size() + ")\n    " + String.join("\n    ", file.getValue()))
                                .collect(joining("\n")))
                .isEmpty();
    }

    private static List<String> list() throws IOException {
        try (InputStream list =
                Objects.requireNonNull(RetiredWordsTest.class.getResourceAsStream("retired-words.txt"))) {
            return new String(list.readAllBytes(), UTF_8).lines().toList();
        }
    }

    private Map<String, List<String>> found(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return RetiredWords.parse(SOME).in(project);
    }

    @Test
    void findsAPhraseInAnyCaseAndSaysWhere() throws IOException {
        assertThat(found("docs/page.md", "First.\nAn Odd-Ball, and two odd-balls, no odd-balloon.\n"))
                .containsOnly(Map.entry("docs/page.md", List.of("2: odd-ball", "2: odd-balls")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the lease went astray at sea",
                "went astray\nat sea",
                "/**\n * The lease went astray\n * at sea\n */",
                "log(\"went astray \"\n        + \"at sea\")",
                "-- went astray\n-- at sea",
            })
    void findsAPhraseAcrossLines(String text) throws IOException {
        assertThat(found("core/src/main/resources/claim.sql", text)).hasSize(1);
    }

    @Test
    void findsANameAsAWholeWordOnly() throws IOException {
        assertThat(found("core/src/main/java/A.java", "OldName a; OldNames b; AnOldName c;"))
                .containsValue(List.of("1: OldName"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "final class Ordinary {",
                "public sealed interface Ordinary permits A {",
                "record Ordinary(int a) {",
                "enum Ordinary {",
            })
    void findsAnOrdinaryWordWhereATypeHasItsName(String declaration) throws IOException {
        assertThat(found("core/src/main/java/Ordinary.java", "package a;\n\n" + declaration))
                .containsValue(List.of("3: type Ordinary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core/src/test/java/Ordinary.java",
                "verification/chaos/src/test/java/Ordinary.java",
                "conformance/src/main/java/Ordinary.java",
                "benchmarks/src/main/java/Ordinary.java",
                "embedded/src/main/java/Ordinary.java",
            })
    void testsSuitesAndEmbeddedServersMayUseAnOrdinaryWord(String file) throws IOException {
        assertThat(found(file, "class Ordinary {")).isEmpty();
    }

    @Test
    void anOrdinaryWordMayBeUsedInText() throws IOException {
        assertThat(found("core/src/main/java/A.java", "/** A class Ordinary people like. */"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"notes/a.md", "core/src/applied.sql", "core/target/a.md", ".git/a.md", "data/a.yml", "a/b.txt"})
    void readsNeitherExceptionsNorBuildOutputNorOtherFiles(String file) throws IOException {
        assertThat(found(file, "an odd-ball and OldName")).isEmpty();
    }

    @Test
    void aLineThatIsNoEntryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetiredWords.parse(List.of("sentence a b")))
                .withMessageContaining("sentence a b");
    }
}
