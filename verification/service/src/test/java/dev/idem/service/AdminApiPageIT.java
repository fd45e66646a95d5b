package dev.idem.service;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.accounts.Role;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.NeedsPrograms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/admin-api.md, as they are printed. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class AdminApiPageIT {
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- run by AdminApiPageIT -->\n```sh\n(.*?)```", Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @NeedsPrograms({"curl", "sh"})
    void theExamplesAreAnsweredAsThePageSays(TestRedis redis, TestDatabase database) throws Exception {
        try (RunningService service = new RunningService(redis, database)) {
            service.users().add("admin@example.com", "AdminPassword123!", Role.ADMIN);
            String address = service.api().base().replace("http://", "");
            Process shell = new ProcessBuilder("sh", "-c", script().replace("localhost:3001", address))
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            List<JsonNode> answers = new ArrayList<>();
            for (String line : printed.lines().toList()) {
                answers.add(JSON.readTree(line));
            }
            assertThat(answers).as(printed).hasSize(9).allSatisfy(answer -> assertThat(answer.has("type"))
                    .isFalse());
            assertThat(answers.get(0).get("records")).hasSize(1);
            assertThat(answers.get(1).at("/verdicts/0/fast/outcome").asText()).isEqualTo("replayed");
            assertThat(answers.get(4).get("dry_run").asBoolean()).isTrue();
            assertThat(answers.get(6).get("deleted_from")).isNotEmpty();
            assertThat(answers.get(8).get("decides").asText()).isEqualTo("redis");
        }
    }

    private static String script() throws Exception {
        return EXAMPLE.matcher(Files.readString(Path.of(System.getProperty("project.root"), "docs/admin-api.md")))
                .results()
                .map(example -> example.group(1))
                .collect(joining());
    }
}
