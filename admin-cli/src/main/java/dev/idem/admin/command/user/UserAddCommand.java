package dev.idem.admin.command.user;

import dev.idem.accounts.PasswordHasher;
import dev.idem.accounts.Role;
import dev.idem.accounts.User;
import dev.idem.accounts.Users;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.postgres.connect.StoreJdbi;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds a user. */
@Command(
        name = "add",
        header = "Add a user who may log in.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin user add ann@example.com --password-stdin < password.txt",
            "  pass show idem/ops | idem-admin user add ops@example.com --role admin --password-stdin"
        })
final class UserAddCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "EMAIL", description = "What the user logs in with.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String email;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "user",
            description = "user (the default) or admin, who may also use the admin API.")
    private Role role = Role.USER;

    @Option(
            names = "--password-stdin",
            required = true,
            description =
                    "Read the password, 12 to 128 characters, from the first line of the standard input: all users of"
                            + " the machine could see an argument.")
    @SuppressWarnings("UnusedVariable") // required, so that nobody is surprised by a program that waits for input
    private boolean passwordStdin;

    UserAddCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String password = PasswordInput.firstLine(session.shell(), spec.commandLine());
        try (Stores stores = session.openStores()) {
            User added = stores.withDatabase(
                    database -> new Users(StoreJdbi.on(database), new PasswordHasher()).add(email, password, role));
            session.actionLog(stores).did("user-add", List.of(), "email=" + added.email() + " role=" + role.label());
            session.show("Added " + added.email() + ", role " + role.label() + ".", UserView.of(added));
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
