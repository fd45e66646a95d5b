package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.verification.support.NeedsPrograms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first minute, as it is printed. */
final class ReadmeIT {
    private static final Pattern EXAMPLE = Pattern.compile("<!-- run by ReadmeIT -->\n```sh\n(.*?)```", Pattern.DOTALL);

    @Test
    @NeedsPrograms({"curl", "sh"})
    void theFirstRequestsAnswerAsTheReadmeSays(@TempDir Path directory) throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of(System.getProperty("project.root"), "README.md")));
        assertThat(example.find()).isTrue();
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of()).awaitReady()) {
            String base = service.api().base().replace("http://", "");
            String script = example.group(1).replace("localhost:3001", base);
            Process shell = new ProcessBuilder("sh", "-c", script).start();
            String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(output.lines()
                            .filter(line -> line.startsWith("HTTP/1.1 "))
                            .map(line -> line.substring(9, 12)))
                    .containsExactly("201", "201", "422", "201", "400");
            assertThat(output).containsOnlyOnce("Idempotent-Replayed: true");
        }
    }
}
