package dev.idem.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownBadVersionsTest {
    private final KnownBadVersions inTheTree;

    KnownBadVersionsTest() throws IOException {
        inTheTree =
                KnownBadVersions.read(Path.of(System.getProperty("project.root"), "security/known-bad-versions.txt"));
    }

    @ParameterizedTest
    @CsvSource({
        "org.eclipse.jetty, jetty-http, 12.1.5",
        "org.eclipse.jetty, jetty-server, 12.1.11",
        "org.eclipse.jetty, jetty-http, 9.4.57.v20241219",
        "org.eclipse.jetty.http2, jetty-http2-client-transport, 12.1.5",
        "org.eclipse.jetty.ee10, jetty-ee10-servlet, 12.0.38",
        "com.fasterxml.jackson.core, jackson-core, 2.21.0",
        "com.fasterxml.jackson.core, jackson-databind, 2.21.5",
        "com.fasterxml.jackson.core, jackson-databind, 2.22.1",
        "org.postgresql, postgresql, 42.7.8",
        "ch.qos.logback, logback-core, 1.5.26",
    })
    void whatIsOlderThanItsFirstGoodVersionIsFound(String group, String artifact, String version) {
        assertThat(inTheTree.among(List.of(new Library(group, artifact, version))))
                .singleElement()
                .asString()
                .contains(artifact + ':' + version)
                .contains(" is the first good one, see ");
    }

    @ParameterizedTest
    @CsvSource({
        "org.eclipse.jetty, jetty-http, 12.1.12",
        "org.eclipse.jetty, jetty-http, 12.1.100",
        "org.eclipse.jetty.toolchain.setuid, jetty-setuid-jna, 2.0.3",
        "com.fasterxml.jackson.core, jackson-core, 2.21.6",
        "com.fasterxml.jackson.core, jackson-databind, 2.22.2",
        "com.fasterxml.jackson.core, jackson-annotations, 2.21",
        "org.postgresql, postgresql, 42.10.0",
        "org.example, jetty-http, 12.1.5",
    })
    void whatIsMendedAndWhatIsAnotherIsNot(String group, String artifact, String version) {
        assertThat(inTheTree.among(List.of(new Library(group, artifact, version))))
                .isEmpty();
    }

    @Test
    void whatAProgramHoldsIsReadFromItsBill(@TempDir Path folder) throws IOException {
        Path bill = Files.writeString(folder.resolve("bom.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <bom xmlns="http://cyclonedx.org/schema/bom/1.6">
                  <components>
                    <component type="library" bom-ref="pkg:maven/org.eclipse.jetty/jetty-http@12.1.5?type=jar">
                      <group>org.eclipse.jetty</group>
                      <name>jetty-http</name>
                      <version>12.1.5</version>
                      <purl>pkg:maven/org.eclipse.jetty/jetty-http@12.1.5?type=jar</purl>
                    </component>
                    <component type="library">
                      <purl>pkg:maven/org.postgresql/postgresql@42.7.14?type=jar</purl>
                    </component>
                  </components>
                </bom>
                """);

        assertThat(Library.in(bill))
                .containsExactly(
                        new Library("org.eclipse.jetty", "jetty-http", "12.1.5"),
                        new Library("org.postgresql", "postgresql", "42.7.14"));
        assertThat(inTheTree.among(Library.in(bill))).singleElement().asString().contains("jetty-http:12.1.5: 12.1.12");
    }

    @Test
    void whatAProgramHoldsIsReadFromMavensList(@TempDir Path folder) throws IOException {
        Path list = Files.writeString(folder.resolve("libraries.txt"), """

                The following files have been resolved:
                   ch.qos.logback:logback-core:jar:1.5.26:compile -- module ch.qos.logback.core
                   io.netty:netty-epoll:jar:linux-x86_64:4.2.9.Final:runtime -- module io.netty.epoll [auto]
                   org.postgresql:postgresql:jar:42.7.14:runtime (optional)
                   org.example:a-list:pom:1.0:compile
                """);

        assertThat(Library.listed(list))
                .containsExactly(
                        new Library("ch.qos.logback", "logback-core", "1.5.26"),
                        new Library("io.netty", "netty-epoll", "4.2.9.Final"),
                        new Library("org.postgresql", "postgresql", "42.7.14"));
    }

    @Test
    void aFileThatIsNoBillIsNamed(@TempDir Path folder) throws IOException {
        Path bill = Files.writeString(folder.resolve("bom.xml"), "<bom><purl>nothing</purl></bom>");

        assertThatThrownBy(() -> Library.in(bill))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bom.xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"org.example", "org.example < 1", "org.example # why", "org.example > 1 # why", "a b < 1 # why"})
    void aLineThatSaysNothingIsRefused(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KnownBadVersions.of(List.of("# a remark", "", line)))
                .withMessageContaining(line);
    }
}
