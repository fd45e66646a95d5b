package dev.idem.gateway;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.process.FreePort;
import dev.idem.verification.support.NeedsPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first two minutes with the gateway, as docs/gateway.md prints them. */
final class GatewayPageIT {
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- run by GatewayPageIT -->\n```sh\n(.*?)```", Pattern.DOTALL);
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final String PROGRAM = "service/target/service.jar";
    private static final long DONE_WITHIN_S = 120;

    @Test
    @NeedsPrograms({"sh", "curl", "python3"})
    void whatWasOrderedTwiceWithoutIsOrderedOnceWithIt(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script())
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors").toFile());
        shell.environment().put("DATA_DIR", directory.resolve("data").toString());
        Process process = shell.start();
        try {
            assertThat(process.waitFor(DONE_WITHIN_S, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }

        String printed = Files.readString(output);
        assertThat(printed.lines().filter(line -> line.contains("umbrella")))
                .containsExactly(order(1), order(2), order(3), order(3));
        assertThat(printed).containsOnlyOnce("Idempotent-Replayed: true");
        assertThat(printed.lines().filter(line -> line.startsWith("HTTP/1.1")))
                .containsExactly("HTTP/1.1 201 Created", "HTTP/1.1 201 Created");
    }

    private static String order(int number) {
        return "{\"number\": " + number + ", \"item\": \"umbrella\"}";
    }

    /** The page's commands one after the other, on ports that are free here. */
    private static String script() throws Exception {
        String commands = EXAMPLE.matcher(Files.readString(ROOT.resolve("docs/gateway.md")))
                .results()
                .map(example -> example.group(1))
                .collect(joining());
        return commands.replace("3001", Integer.toString(FreePort.any()))
                .replace("3002", Integer.toString(FreePort.any()))
                .replace("9000", Integer.toString(FreePort.any()))
                .replace(PROGRAM, "'" + ROOT.resolve(PROGRAM) + "'");
    }
}
