package dev.idem.admin.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class ManualPagesTest {

    @Test
    void everyCommandHasAPageWithAllItsOptions(@TempDir Path directory) throws IOException {
        assertThat(check(ManualPages.write(directory), directory)).isGreaterThan(20);
    }

    /** @return how many pages there are */
    private static int check(CommandSpec command, Path directory) throws IOException {
        String page = Files.readString(directory.resolve(command.qualifiedName("-") + ".adoc"));
        assertThat(page).contains("== Name", "== Synopsis", "== Options");
        for (OptionSpec option : command.options()) {
            assertThat(page)
                    .as("%s of %s", option.longestName(), command.qualifiedName())
                    .contains(option.longestName());
        }
        int pages = 1;
        for (CommandLine subcommand : command.subcommands().values()) {
            pages += check(subcommand.getCommandSpec(), directory);
        }
        return pages;
    }
}
