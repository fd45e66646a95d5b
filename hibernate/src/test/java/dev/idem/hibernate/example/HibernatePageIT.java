package dev.idem.hibernate.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page prints the code that the other tests run. */
final class HibernatePageIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    @ParameterizedTest
    @ValueSource(strings = {"ShopApplication", "Purchase"})
    void thePagePrintsTheExampleAsItIs(String name) throws Exception {
        String source =
                Files.readString(ROOT.resolve("hibernate/src/test/java/dev/idem/hibernate/example/" + name + ".java"));

        assertThat(Files.readString(ROOT.resolve("docs/hibernate.md")))
                .contains("```java\n" + source.substring(source.indexOf("import ")) + "```");
    }
}
