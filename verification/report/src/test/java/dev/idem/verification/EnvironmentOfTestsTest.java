package dev.idem.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests see none of the variables that config.yml reads, whatever the shell that starts the build has set. */
final class EnvironmentOfTestsTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Pattern VARIABLE = Pattern.compile("^[^#]*?\\$\\{([A-Z_]+)", Pattern.MULTILINE);

    @Test
    void eachVariableOfTheConfigurationIsTakenFromTests() throws IOException {
        String build = Files.readString(ROOT.resolve("pom.xml"));
        String configuration = Files.readString(ROOT.resolve("config.yml"));

        assertThat(VARIABLE.matcher(configuration).results().map(found -> found.group(1)))
                .contains("REDIS_URL", "ADMIN_TOKEN")
                .allSatisfy(
                        name -> assertThat(build.split("<excludedEnvironmentVariable>" + name + "<|<" + name + ">", -1))
                                .as("Surefire and Failsafe leave out %s, or set it", name)
                                .hasSize(3));
    }
}
