package dev.idem.admin.command.user;

import dev.idem.admin.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes a user's password. */
@Command(
        name = "password",
        header = "Change a user's password; tokens issued before stay valid until they expire.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin user password ann@example.com --password-stdin < password.txt"})
final class UserPasswordCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "EMAIL", description = "The user's address.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String email;

    @Option(
            names = "--password-stdin",
            required = true,
            description = "Read the password, 12 to 128 characters, from the first line of the standard input.")
    @SuppressWarnings("UnusedVariable") // required, so that nobody is surprised by a program that waits for input
    private boolean passwordStdin;

    UserPasswordCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(String email, boolean changed) {}

    @Override
    public Integer call() {
        String password = PasswordInput.firstLine(session.shell(), spec.commandLine());
        try {
            return new UserChange(
                            "user-password",
                            "Changed the password of " + email + ".",
                            users -> users.changePassword(email, password))
                    .make(session, email, found -> new Result(email, found));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
