package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.Cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/idem-admin.md says to type works as it stands there, in that order. */
class DocumentedExamplesIT extends CommandIT {
    private static final Path PAGE = Path.of("../docs/idem-admin.md");

    @Test
    void eachExampleOfThePageWorks() throws IOException {
        stores.completed(stores.redis, "user:42", "order-4711");
        stores.completed(stores.postgres, "user:42", "order-4711");
        stores.dead(stores.postgres, "user:42", "order-4712");
        stores.unknown(stores.postgres, "user:42", "order-4713");

        List<String> examples = examples();

        assertThat(examples).hasSizeGreaterThan(12);
        for (String example : examples) {
            Run run = cli.run(example.substring("idem-admin ".length()).split(" "));
            // The tests' PostgreSQL does without fsync, of which a doctor disapproves.
            int expected = example.equals("idem-admin doctor") ? 1 : 0;
            assertThat(run.exitCode())
                    .as("%s%n%s%s", example, run.out(), run.err())
                    .isEqualTo(expected);
        }
    }

    private static List<String> examples() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("idem-admin ") && !line.contains("["))
                .toList();
    }
}
