package dev.idem.dropwizard.testing.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page about applications prints a test that runs. */
final class TestingPageTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path HERE =
            ROOT.resolve("dropwizard-testing/src/test/java/dev/idem/dropwizard/testing/example");

    @Test
    void thePagePrintsPaymentsTest() throws IOException {
        String source = Files.readString(HERE.resolve("PaymentsTest.java"));

        assertThat(Files.readString(ROOT.resolve("docs/application.md")))
                .contains("```java\n" + source.substring(source.indexOf("@ExtendWith")) + "```");
    }
}
