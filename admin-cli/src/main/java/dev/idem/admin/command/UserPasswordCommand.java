package dev.idem.admin.command;

import dev.idem.admin.stores.Stores;
import dev.idem.core.connect.DiscreetJdbi;
import dev.idem.core.users.PasswordHasher;
import dev.idem.core.users.Users;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a user another password. */
@Command(
        name = "password",
        header = "Give a user another password; tokens given out before stay valid until they expire.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin user password ann@example.com --password-stdin < password.txt"})
final class UserPasswordCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "EMAIL", description = "Whose.")
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
        try (Stores stores = session.openStores()) {
            boolean found = stores.withDatabase(database ->
                    new Users(DiscreetJdbi.on(database), new PasswordHasher()).changePassword(email, password));
            if (found) {
                session.audit(stores, actions -> actions.did("user-password", "email=" + email));
            }
            session.show(
                    found ? "Changed the password of " + email + "." : "There is no user " + email + ".",
                    new Result(email, found));
            return found ? ExitCode.DONE : ExitCode.NOTHING_FOUND;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
