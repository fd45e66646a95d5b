package dev.idem.admin.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands for users. */
@Command(
        name = "user",
        header = "Add and list the service's users, disable them, and change their passwords.",
        description = {
            "%nAn external database starts without users; an embedded one with two whose passwords are public."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin user add ann@example.com --password-stdin < password.txt",
            "  idem-admin user list",
            "  idem-admin user disable ann@example.com",
            "  idem-admin user password ann@example.com --password-stdin < password.txt"
        })
final class UserCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing subcommand: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
