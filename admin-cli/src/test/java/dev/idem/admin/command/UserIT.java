package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.Cli.Run;
import org.junit.jupiter.api.Test;

final class UserIT extends CommandIT {
    private static final String PASSWORD = "correct horse battery";

    @Test
    void aDatabaseStartsWithoutUsers() {
        assertThat(cli.run("user", "list").exitCode()).isEqualTo(3);
    }

    @Test
    void aUserIsAddedListedAndDisabled() throws Exception {
        Run added =
                cli.input(PASSWORD + "\n").run("user", "add", "Ann@example.com", "--role", "admin", "--password-stdin");

        assertThat(added.exitCode()).as(added.err()).isZero();
        assertThat(added.out()).contains("ann@example.com").doesNotContain(PASSWORD);
        assertThat(cli.run("user", "list").out()).contains("ann@example.com", "admin", "yes");
        assertThat(cli.run("user", "disable", "ann@example.com").exitCode()).isZero();
        assertThat(json(cli.run("-o", "json", "user", "list"))
                        .get("users")
                        .get(0)
                        .get("enabled")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void anAddressIsAddedOnce() {
        cli.input(PASSWORD).run("user", "add", "ann@example.com", "--password-stdin");
        Run again = cli.input(PASSWORD).run("user", "add", "ann@example.com", "--password-stdin");

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("User ann@example.com already exists.");
    }

    @Test
    void aShortPasswordIsWrongUsage() {
        Run run = cli.input("short").run("user", "add", "ann@example.com", "--password-stdin");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("12 to 128");
    }

    @Test
    void aUserWhoWasDisabledIsEnabledAgain() throws Exception {
        cli.input(PASSWORD).run("user", "add", "ann@example.com", "--password-stdin");
        cli.run("user", "disable", "ann@example.com");

        assertThat(cli.run("user", "enable", "ann@example.com").exitCode()).isZero();
        assertThat(json(cli.run("-o", "json", "user", "list"))
                        .get("users")
                        .get(0)
                        .get("enabled")
                        .asBoolean())
                .isTrue();
        assertThat(cli.run("user", "enable", "eve@example.com").exitCode()).isEqualTo(3);
    }

    @Test
    void aPasswordIsChangedAndNeverShown() {
        cli.input(PASSWORD).run("user", "add", "ann@example.com", "--password-stdin");
        Run changed = cli.input("another " + PASSWORD).run("user", "password", "ann@example.com", "--password-stdin");

        assertThat(changed.exitCode()).as(changed.err()).isZero();
        assertThat(changed.out()).contains("ann@example.com").doesNotContain(PASSWORD);
        assertThat(cli.input(PASSWORD)
                        .run("user", "password", "eve@example.com", "--password-stdin")
                        .exitCode())
                .isEqualTo(3);
        assertThat(cli.input("short")
                        .run("user", "password", "ann@example.com", "--password-stdin")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void disablingNobodyFindsNothing() {
        assertThat(cli.run("user", "disable", "eve@example.com").exitCode()).isEqualTo(3);
    }
}
