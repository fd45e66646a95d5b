package dev.idem.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.IdemAdmin;
import dev.idem.admin.session.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The runbook has an entry for each alert, and names commands that there are. */
final class RunbookTest {
    private static final Pattern COMMAND = Pattern.compile("`idem-admin ([^`]+)`");
    private static final Pattern ENTRY = Pattern.compile("(?m)^## (Idempotency\\w+)$");

    @Test
    void eachAlertHasAnEntryToWhichItLeads() throws Exception {
        String runbook = runbook();

        assertThat(Rules.read().alerts()).isNotEmpty().allSatisfy(alert -> {
            String name = alert.get("alert").asText();
            assertThat(runbook).containsPattern("(?m)^## " + name + "$");
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .startsWith("https://{{ with $externalLabels.idempotency_runbook }}")
                    .endsWith("#" + name.toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void eachEntryBelongsToAnAlertAndSaysWhatToDo() throws Exception {
        List<String> alerts = Rules.read().alerts().stream()
                .map(alert -> alert.get("alert").asText())
                .toList();
        List<String> entries = Arrays.stream(runbook().split("(?m)^(?=## )", -1))
                .filter(part -> ENTRY.matcher(part).find())
                .toList();

        assertThat(entries).hasSameSizeAs(alerts).allSatisfy(entry -> assertThat(entry)
                .contains("**Means:**", "**Cause:**", "**Check:**", "**Cure:**"));
    }

    @Test
    void eachCommandIsOneThatTheToolUnderstands() throws Exception {
        List<String> commands = COMMAND.matcher(runbook())
                .results()
                .map(MatchResult::group)
                .map(command -> command.replace("`", ""))
                .distinct()
                .toList();

        assertThat(commands).isNotEmpty().allSatisfy(command -> IdemAdmin.commandLine(Shell.ofThisProcess())
                .parseArgs(command.substring("idem-admin ".length()).split(" ", -1)));
    }

    private static String runbook() throws IOException {
        return Files.readString(Rules.OPS.resolve("README.md"));
    }
}
