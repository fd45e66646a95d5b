package dev.idem.admin.command;

import dev.idem.admin.stores.Stores;
import dev.idem.core.connect.DiscreetJdbi;
import dev.idem.core.users.PasswordHasher;
import dev.idem.core.users.Users;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets a user in again. */
@Command(
        name = "enable",
        header = "Let a user who was disabled log in again.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin user enable ann@example.com"})
final class UserEnableCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "EMAIL", description = "Who.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String email;

    UserEnableCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(String email, boolean enabled) {}

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            boolean found = stores.withDatabase(
                    database -> new Users(DiscreetJdbi.on(database), new PasswordHasher()).enable(email));
            if (found) {
                session.audit(stores, actions -> actions.did("user-enable", "email=" + email));
            }
            session.show(
                    found ? "Enabled " + email + "." : "There is no user " + email + ".", new Result(email, found));
            return found ? ExitCode.DONE : ExitCode.NOTHING_FOUND;
        }
    }
}
