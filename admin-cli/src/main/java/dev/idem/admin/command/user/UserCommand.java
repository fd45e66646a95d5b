package dev.idem.admin.command.user;

import dev.idem.admin.session.Session;
import picocli.CommandLine;
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
public final class UserCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private UserCommand() {}

    /** The command with its subcommands. */
    public static CommandLine commandLine(Session session) {
        return new CommandLine(new UserCommand())
                .addSubcommand(new UserAddCommand(session))
                .addSubcommand(new UserListCommand(session))
                .addSubcommand(new UserDisableCommand(session))
                .addSubcommand(new UserEnableCommand(session))
                .addSubcommand(new UserPasswordCommand(session));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing subcommand: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
